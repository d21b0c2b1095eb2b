import { createBox } from '../../api/boxes';
import type { Box, CreateBoxRequest } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilBox } from './await-box';

const readyTimeoutMs = 120_000;

/** Boots a sandbox and waits until it is ready. Left behind when we stop waiting: the provisioning sandbox. */
export function createSandbox(
  session: Session,
  request: CreateBoxRequest,
  run: Run,
): Promise<Outcome<Box, Box>> {
  return settle(run.signal, async (started) => {
    run.onStep({ kind: 'asking' });
    const box = await createBox(session.transport, request, { signal: run.signal });
    started(box);
    return session.inventory.pending.during(box.id, 'waiting', run.signal, (signal) =>
      untilBox(session, box, { until: 'ready', timeoutMs: readyTimeoutMs }, { ...run, signal }),
    );
  });
}
