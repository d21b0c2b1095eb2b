import { EngineError } from '../engine/engine-error';
import { conflict } from '../failure';
import { boxesOfSnapshot } from '../store/boxes';
import { deleteSnapshotRow, updateSnapshot, type SnapshotChanges } from '../store/snapshots';
import { orAborted, settlesWithin, within } from '../abort';
import { imageName, snapshotKey } from './engine-names';
import { getNamedSnapshot } from './find-snapshot';
import type { Lifecycle } from './lifecycle';

const cancelLimitMs = 20_000;
const removalLimitMs = 60_000;
/** Sandboxes that a refusal names. */
const mostNamed = 5;

/**
 * Deletes a snapshot by id or tag (a bare name is its `latest`); one that is still building is cancelled first. Throws 409 while sandboxes stand
 * on it, naming them. When the engine fails, the snapshot stays. A capture that the engine is writing can't be
 * cancelled: when that takes long, this resolves with the snapshot `deleting`, which goes by itself in the end.
 */
export async function removeSnapshot(lifecycle: Lifecycle, asked: string): Promise<void> {
  const { database, tasks } = lifecycle;
  const snapshot = getNamedSnapshot(database, asked);
  refuseWhileInUse(lifecycle, snapshot.id, snapshot.name);
  const before: SnapshotChanges =
    snapshot.status === 'building' || snapshot.status === 'deleting'
      ? { status: 'failed', status_message: 'It was cancelled.' }
      : { status: snapshot.status, status_message: snapshot.status_message };
  updateSnapshot(database, snapshot.id, { status: 'deleting', status_message: null });
  const ended = tasks.cancel(snapshotKey(snapshot.id));
  if (!(await settlesWithin(ended, cancelLimitMs))) {
    void ended.then(() => finishLater(lifecycle, snapshot.id));
    return;
  }
  try {
    await finishSnapshotRemoval(lifecycle, snapshot.id);
  } catch (error) {
    updateSnapshot(database, snapshot.id, before);
    if (error instanceof EngineError && error.kind === 'conflict') {
      throw conflict(
        `A container that is none of ours uses the image of snapshot ${snapshot.name}: ${error.message}`,
      );
    }
    throw error;
  }
}

/** What fails is left to the next sweep. */
async function finishLater(lifecycle: Lifecycle, id: string): Promise<void> {
  try {
    await finishSnapshotRemoval(lifecycle, id);
  } catch (error) {
    lifecycle.log.error(`could not finish the deletion of snapshot ${id}: ${String(error)}`);
  }
}

/** The second half of a deletion: the spares and the image, then the row. */
export function finishSnapshotRemoval(
  { engine, instance, database, turns, boxSpares }: Lifecycle,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  const limit = within(removalLimitMs, signal);
  return turns.run(snapshotKey(id), limit, async () => {
    await orAborted(boxSpares.drop(id), limit);
    await engine.removeImage(imageName(instance, id), limit);
    deleteSnapshotRow(database, id);
  });
}

function refuseWhileInUse({ database }: Lifecycle, id: string, name: string): void {
  const users = boxesOfSnapshot(database, id).map((box) => box.name);
  if (users.length === 0) return;
  const named = users.slice(0, mostNamed).join(', ');
  const more = users.length > mostNamed ? ` and ${users.length - mostNamed} more` : '';
  throw conflict(`Snapshot ${name} is used by ${named}${more}. Delete these sandboxes first.`);
}
