import { borrowedNames } from '../store/borrowed-names';
import { allBoxes, findBox } from '../store/boxes';
import { allSnapshots, findSnapshot } from '../store/snapshots';
import { boxKey, boxLabel, imageKey, instanceLabel, repositoryOf, snapshotKey } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { finishBoxRemoval } from './remove-box';
import { finishSnapshotRemoval } from './remove-snapshot';
import { returnBorrowedName } from './return-borrowed-name';

const limitMs = 60_000;

export interface SweepOptions {
  /** Whether names put back are settled. Not right after a crash: the dead server's pull may still be ending. */
  forgetBorrowedNames: boolean;
}

/**
 * Takes away what is ours in the engine and has no row: everything that is made there is written down first, so that
 * nothing of a running build or boot is touched. Finishes deletions that were cut off. What fails is logged.
 */
export async function sweep(lifecycle: Lifecycle, options: SweepOptions): Promise<void> {
  const steps = [finishDeletions, removeStrayContainers, removeStrayImages];
  for (const step of steps) await logged(lifecycle, () => step(lifecycle));
  await returnBorrowedNames(lifecycle, options);
}

async function finishDeletions(lifecycle: Lifecycle): Promise<void> {
  const { database, turns, tasks } = lifecycle;
  const isIdle = (key: string): boolean => !tasks.running(key) && turns.quietSince(key, turns.moment());
  for (const { id, status } of allBoxes(database)) {
    if (status !== 'deleting' || !isIdle(boxKey(id))) continue;
    await logged(lifecycle, () => finishBoxRemoval(lifecycle, id));
  }
  for (const { id, status } of allSnapshots(database)) {
    if (status !== 'deleting' || !isIdle(snapshotKey(id))) continue;
    await logged(lifecycle, () => finishSnapshotRemoval(lifecycle, id));
  }
}

/** The engine is asked before the store: a container that is listed had its row by then. */
async function removeStrayContainers(lifecycle: Lifecycle): Promise<void> {
  const { engine, database, instance, log } = lifecycle;
  const signal = AbortSignal.timeout(limitMs);
  for (const { id, name, labels } of await engine.listContainers(instanceLabel, instance, signal)) {
    if (findBox(database, labels[boxLabel] ?? '')) continue;
    log.info(`removing the container ${name}, which no sandbox has`);
    await logged(lifecycle, () => engine.removeContainer(id, signal));
  }
}

async function removeStrayImages(lifecycle: Lifecycle): Promise<void> {
  const { engine, instance, log } = lifecycle;
  const signal = AbortSignal.timeout(limitMs);
  const prefix = `${repositoryOf(instance)}:`;
  const images = await engine.listImages(signal);
  for (const reference of images.flatMap((image) => image.references)) {
    if (!reference.startsWith(prefix) || isWanted(lifecycle, reference.slice(prefix.length))) continue;
    log.info(`removing the image ${reference}, which no snapshot has`);
    await logged(lifecycle, () => engine.removeImage(reference, signal));
  }
}

function isWanted({ database, tasks }: Lifecycle, snapshotId: string): boolean {
  const status = findSnapshot(database, snapshotId)?.status;
  return tasks.running(snapshotKey(snapshotId)) || (status !== undefined && status !== 'failed');
}

async function returnBorrowedNames(
  lifecycle: Lifecycle,
  { forgetBorrowedNames }: SweepOptions,
): Promise<void> {
  const { database, tasks, turns } = lifecycle;
  for (const { reference, snapshot_id } of borrowedNames(database)) {
    if (tasks.running(snapshotKey(snapshot_id))) continue;
    await logged(lifecycle, () =>
      turns.run(imageKey(reference), AbortSignal.timeout(limitMs), () =>
        returnBorrowedName(lifecycle, reference, { keepRecord: !forgetBorrowedNames }),
      ),
    );
  }
}

async function logged({ log }: Lifecycle, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    log.error(`could not tidy the container engine: ${String(error)}`);
  }
}
