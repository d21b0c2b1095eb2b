import { stopBox } from '../../api/boxes';
import type { Box } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilBox } from './await-box';

/** Processes get their grace before the server answers. */
const answerTimeoutMs = 60_000;
const startTimeoutMs = 120_000;
const stoppedTimeoutMs = 60_000;

/** Stops a sandbox and waits until it has stopped; one that is still starting is let start first, as the API wants it. */
export function stopSandbox(session: Session, box: Box, run: Run): Promise<Outcome<Box, Box>> {
  return settle(run, (started) => {
    run.onStep({ kind: 'asking' });
    return session.inventory.pending.during(box.id, 'stopping', run.signal, async (signal) => {
      const inner = { ...run, signal };
      const running =
        box.status === 'provisioning'
          ? await untilBox(session, box, { until: 'ready', timeoutMs: startTimeoutMs }, inner)
          : box;
      await stopBox(session.transport, box.id, { signal, timeoutMs: answerTimeoutMs });
      started(running);
      return untilBox(session, running, { until: 'stopped', timeoutMs: stoppedTimeoutMs }, inner);
    });
  });
}
