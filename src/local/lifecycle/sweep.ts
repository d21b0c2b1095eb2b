import { borrowedNames } from '../store/borrowed-names';
import { allBoxes, findBox } from '../store/boxes';
import { allSnapshots, findSnapshot } from '../store/snapshots';
import { within } from '../abort';
import {
  boxKey,
  boxLabel,
  imageKey,
  instanceLabel,
  repositoryOf,
  snapshotKey,
  snapshotLabel,
  taggedSnapshot,
} from './engine-names';
import type { Lifecycle } from './lifecycle';
import { finishBoxRemoval } from './remove-box';
import { finishSnapshotRemoval } from './remove-snapshot';
import { returnBorrowedName } from './return-borrowed-name';
import { settleCutOff } from './settle-cut-off';

const limitMs = 60_000;

/**
 * Takes away what is ours in the engine and has no row: everything that is made there is written down first, so that
 * nothing of a running build or boot is touched. Finishes deletions that were cut off. What fails is logged; an
 * aborted signal ends the steps that are left as well.
 */
export async function sweep(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  const steps = [
    settleCutOff,
    finishDeletions,
    removeStrayContainers,
    removeStrayImages,
    returnBorrowedNames,
  ];
  for (const step of steps) await logged(lifecycle, signal, () => step(lifecycle, signal));
}

async function finishDeletions(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  const { database, turns, tasks } = lifecycle;
  const isIdle = (key: string): boolean => !tasks.running(key) && turns.quietSince(key, turns.moment());
  for (const { id, status } of allBoxes(database)) {
    if (status !== 'deleting' || !isIdle(boxKey(id))) continue;
    await logged(lifecycle, signal, () => finishBoxRemoval(lifecycle, id, signal));
  }
  for (const { id, status } of allSnapshots(database)) {
    if (status !== 'deleting' || !isIdle(snapshotKey(id))) continue;
    await logged(lifecycle, signal, () => finishSnapshotRemoval(lifecycle, id, signal));
  }
}

/** The engine is asked before the store: a container that is listed had its row by then. */
async function removeStrayContainers(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  const { engine, database, tasks, instance, log, boxSpares } = lifecycle;
  const limited = within(limitMs, signal);
  for (const { id, name, labels } of await engine.listContainers(instanceLabel, instance, limited)) {
    const box = labels[boxLabel] ?? '';
    if (boxSpares.has(box) || findBox(database, box)) continue;
    if (tasks.running(snapshotKey(labels[snapshotLabel] ?? ''))) continue;
    log.info(`removing the container ${name}, which no sandbox has`);
    await logged(lifecycle, signal, () => engine.removeContainer(id, limited));
  }
}

async function removeStrayImages(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  const { engine, instance, log } = lifecycle;
  const limited = within(limitMs, signal);
  const prefix = `${repositoryOf(instance)}:`;
  const images = await engine.listImages(limited);
  for (const reference of images.flatMap((image) => image.references)) {
    if (!reference.startsWith(prefix) || isWanted(lifecycle, reference.slice(prefix.length))) continue;
    log.info(`removing the image ${reference}, which no snapshot has`);
    await logged(lifecycle, signal, () => engine.removeImage(reference, limited));
  }
}

function isWanted({ database, tasks }: Lifecycle, tag: string): boolean {
  const { snapshotId, isScratch } = taggedSnapshot(tag);
  if (tasks.running(snapshotKey(snapshotId))) return true;
  const status = findSnapshot(database, snapshotId)?.status;
  return !isScratch && status !== undefined && status !== 'failed';
}

async function returnBorrowedNames(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  const { database, tasks, turns } = lifecycle;
  for (const { reference, snapshot_id } of borrowedNames(database)) {
    if (tasks.running(snapshotKey(snapshot_id))) continue;
    await logged(lifecycle, signal, () =>
      turns.run(imageKey(reference), within(limitMs, signal), () =>
        returnBorrowedName(lifecycle, reference, signal),
      ),
    );
  }
}

async function logged({ log }: Lifecycle, signal: AbortSignal, step: () => Promise<void>): Promise<void> {
  try {
    signal.throwIfAborted();
    await step();
  } catch (error) {
    if (!signal.aborted) log.error(`could not tidy the container engine: ${String(error)}`);
  }
}
