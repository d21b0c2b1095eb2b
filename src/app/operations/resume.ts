import { getBox } from '../../api/boxes';
import { getSnapshot } from '../../api/snapshots';
import type { Box, Snapshot } from '../../api/types';
import { CutOffError } from '../activity/cut-off';
import type { ActionRecord } from '../activity/record';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilBox } from './await-box';
import { untilReady } from './await-snapshot';
import { findMadeSnapshot } from './making';
import { untilGone } from './until-gone';

// What a window has begun and did not live to see the end of. Nothing is sent a second time: what the server has of it
// is looked for, and its end waited for.

const buildTimeoutMs = 3_600_000;
const readyTimeoutMs = 120_000;
const stoppedTimeoutMs = 60_000;

/** Of a build or a capture. */
export function resumeSnapshot(
  session: Session,
  { resourceId, name, startedAt }: ActionRecord,
  run: Run,
): Promise<Outcome<Snapshot, Snapshot>> {
  return settle(run, async (started) => {
    run.onStep({ kind: 'asking' });
    const call = { signal: run.signal };
    const snapshot = resourceId
      ? await getSnapshot(session.transport, resourceId, call)
      : await findMadeSnapshot(session, name, startedAt, call);
    if (!snapshot) throw new CutOffError();
    started(snapshot);
    return untilReady(session, snapshot, buildTimeoutMs, run);
  });
}

/** Of a sandbox that was created or started. */
export function resumeBoot(session: Session, record: ActionRecord, run: Run): Promise<Outcome<Box, Box>> {
  return resumeBox(session, record, run, 'waiting', (box, started, inner) => {
    if (box.status === 'stopped') throw new CutOffError();
    started(box);
    return untilBox(session, box, { until: 'ready', timeoutMs: readyTimeoutMs }, inner);
  });
}

/** A sandbox is `ready` until its processes have ended. */
export function resumeStop(session: Session, record: ActionRecord, run: Run): Promise<Outcome<Box, Box>> {
  return resumeBox(session, record, run, 'stopping', (box, started, inner) => {
    started(box);
    return untilBox(session, box, { until: 'stopped', timeoutMs: stoppedTimeoutMs }, inner);
  });
}

function resumeBox(
  session: Session,
  { resourceId }: ActionRecord,
  run: Run,
  action: 'waiting' | 'stopping',
  wait: (box: Box, started: (box: Box) => void, run: Run) => Promise<Box>,
): Promise<Outcome<Box, Box>> {
  return settle(run, (started) => {
    if (!resourceId) throw new CutOffError();
    run.onStep({ kind: 'asking' });
    return session.inventory.pending.during(resourceId, action, run.signal, async (signal) =>
      wait(await getBox(session.transport, resourceId, { signal }), started, { ...run, signal }),
    );
  });
}

/** Done when it is gone. */
export function resumeDeletion(
  session: Session,
  { verb, resourceId }: ActionRecord,
  run: Run,
): Promise<Outcome<undefined>> {
  const { transport, inventory } = session;
  return settle(run, async () => {
    if (!resourceId) throw new CutOffError();
    run.onStep({ kind: 'asking' });
    const isGone = await inventory.pending.during(resourceId, 'deleting', run.signal, (signal) =>
      verb === 'delete-sandbox'
        ? untilGone(inventory.boxes, resourceId, signal, (call) => getBox(transport, resourceId, call))
        : untilGone(inventory.snapshots, resourceId, signal, (call) =>
            getSnapshot(transport, resourceId, call),
          ),
    );
    if (!isGone) throw new CutOffError();
    return undefined;
  });
}
