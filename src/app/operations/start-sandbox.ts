import { startBox } from '../../api/boxes';
import type { Box } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilBox } from './await-box';

const readyTimeoutMs = 120_000;

/** Starts a stopped or failed sandbox and waits until it is ready. Left behind when we stop waiting: the starting sandbox. */
export function startSandbox(session: Session, box: Box, run: Run): Promise<Outcome<Box, Box>> {
  return settle(run, (started) => {
    run.onStep({ kind: 'asking' });
    return session.inventory.pending.during(box.id, 'starting', run.signal, async (signal) => {
      const starting = await startBox(session.transport, box.id, { signal });
      started(starting);
      return untilBox(session, starting, { until: 'ready', timeoutMs: readyTimeoutMs }, { ...run, signal });
    });
  });
}
