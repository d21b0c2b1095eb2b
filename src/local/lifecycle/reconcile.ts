import { updateSnapshot, allSnapshots, type SnapshotRecord } from '../store/snapshots';
import { cutOffBuild, cutOffCapture } from './build-failure';
import { captured } from './capture';
import type { Lifecycle } from './lifecycle';
import { sweep } from './sweep';

const limitMs = 60_000;

/**
 * At start, before anybody is answered: says the truth about what an earlier server left undone, takes away what it left
 * in the engine, and brings the sandboxes into line with their containers. What the engine refuses is logged and
 * tried again by later sweeps.
 */
export async function reconcile(lifecycle: Lifecycle): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  for (const snapshot of allSnapshots(lifecycle.database)) {
    if (snapshot.status === 'building') await settleCutOff(lifecycle, snapshot, signal);
  }
  await sweep(lifecycle, { forgetBorrowedNames: false });
  await lifecycle.observer.refresh(signal);
}

/** A capture whose image the engine did finish is kept; everything else is lost with the server that made it. */
async function settleCutOff(
  lifecycle: Lifecycle,
  snapshot: SnapshotRecord,
  signal: AbortSignal,
): Promise<void> {
  const isCapture = snapshot.source_sandbox_id !== null;
  const changes = isCapture ? await captured(lifecycle, snapshot, signal).catch(() => undefined) : undefined;
  const reason = isCapture ? cutOffCapture : cutOffBuild;
  updateSnapshot(lifecycle.database, snapshot.id, changes ?? { status: 'failed', status_message: reason });
}
