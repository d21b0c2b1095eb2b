import { allSnapshots, findSnapshot, updateSnapshot, type SnapshotRecord } from '../store/snapshots';
import { within } from '../abort';
import { cutOffBuild } from './build-failure';
import { snapshotKey } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { isBeingWritten, resumeCapture, settleCapture } from './resume-capture';

const limitMs = 60_000;

/**
 * Says the truth about snapshots that are `building` while nothing here builds them: an earlier server was cut off, or
 * an outcome could not be written. A capture whose image the engine did finish is kept; one it still writes is
 * waited for; everything else is lost with the work that made it. Rejects when the engine can't tell.
 */
export async function settleCutOff(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  const { database, tasks } = lifecycle;
  for (const { id } of allSnapshots(database)) {
    const snapshot = findSnapshot(database, id); // as it is now: the ones before took their time
    if (snapshot?.status !== 'building' || tasks.running(snapshotKey(id))) continue;
    await settle(lifecycle, snapshot, within(limitMs, signal));
  }
}

async function settle(lifecycle: Lifecycle, snapshot: SnapshotRecord, signal: AbortSignal): Promise<void> {
  if (snapshot.source_sandbox_id === null) {
    updateSnapshot(lifecycle.database, snapshot.id, { status: 'failed', status_message: cutOffBuild });
    return;
  }
  if (await isBeingWritten(lifecycle, snapshot, signal)) resumeCapture(lifecycle, snapshot);
  else await settleCapture(lifecycle, snapshot);
}
