import { captureSnapshot as capture } from '../../api/snapshots';
import type { Box, CaptureRequest, Snapshot } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilReady } from './await-snapshot';
import { findBuilding, making } from './making';

/** A commit of a big filesystem takes its time before the server answers. */
const answerTimeoutMs = 120_000;
const readyTimeoutMs = 300_000;

/** Captures a running sandbox's filesystem. Left behind when we stop waiting: the snapshot in the making. */
export function captureSnapshot(
  session: Session,
  box: Box,
  request: CaptureRequest,
  run: Run,
): Promise<Outcome<Snapshot, Snapshot>> {
  const { transport, inventory } = session;
  return settle(run, async (started) => {
    run.onStep({ kind: 'asking' });
    const snapshot = await making(run.signal, started, {
      ask: () =>
        inventory.pending.during(box.id, 'capturing', run.signal, (signal) =>
          capture(transport, box.id, request, { signal, timeoutMs: answerTimeoutMs }),
        ),
      find: (startedAt, call) => findBuilding(session, request.name, startedAt, call),
    });
    return untilReady(session, snapshot, readyTimeoutMs, run);
  });
}
