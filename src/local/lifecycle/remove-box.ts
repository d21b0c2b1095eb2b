import { Failure } from '../failure';
import { deleteBoxRow, findBox, updateBox } from '../store/boxes';
import { orAborted, settlesWithin, within } from '../abort';
import { boxKey, containerName, snapshotKey } from './engine-names';
import { storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';
import { forgetShells } from './shell';
import { createSlots } from './slots';
import { messageOf } from '../message-of';

const bootPatienceMs = 10_000;
const removalLimitMs = 60_000;
/** A capture of the same sandbox may have to end first. */
const turnLimitMs = 10 * 60_000;
/** Of several, deleted at a time. */
const atATime = 4;

/**
 * Deletes a sandbox, its files included, whatever its state. Resolves when its container is gone from the engine;
 * when that fails the sandbox stays as it was. A deletion that has begun is carried through.
 */
export async function removeBox(lifecycle: Lifecycle, idOrName: string): Promise<void> {
  const { database, tasks } = lifecycle;
  const box = storedBox(lifecycle, idOrName);
  updateBox(database, box.id, { status: 'deleting', status_message: null });
  // A boot is short, and one that is ended halfway may leave its container behind. A build it waits for may be long.
  const patienceMs = tasks.running(snapshotKey(box.snapshot_id)) ? 0 : bootPatienceMs;
  if (!(await settlesWithin(tasks.ended(boxKey(box.id)), patienceMs))) await tasks.cancel(boxKey(box.id));
  try {
    await finishBoxRemoval(lifecycle, box.id);
  } catch (error) {
    const status = box.status === 'deleting' || box.status === 'provisioning' ? 'failed' : box.status;
    updateBox(database, box.id, { status, status_message: box.status_message });
    throw error;
  }
}

/** Of several, what could not be deleted and why. */
export async function removeBoxes(
  lifecycle: Lifecycle,
  names: string[],
): Promise<{ deleted: string[]; skipped: { name: string; reason: string }[] }> {
  const deleted: string[] = [];
  const skipped: { name: string; reason: string }[] = [];
  const remove = async (name: string): Promise<void> => {
    try {
      await removeBox(lifecycle, name);
      deleted.push(name);
    } catch (error) {
      if (!(error instanceof Failure)) lifecycle.log.error(`could not delete a sandbox: ${String(error)}`);
      skipped.push({ name, reason: messageOf(error) });
    }
  };
  const slots = createSlots(atATime);
  const unlimited = new AbortController().signal;
  await Promise.all(names.map((name) => slots.run(unlimited, () => remove(name))));
  return { deleted, skipped };
}

/** The second half of a deletion: the container, then the row. */
export function finishBoxRemoval(
  { engine, database, turns, departures, knownShells, commandSpares }: Lifecycle,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  const container = containerName(id);
  return turns.run(boxKey(id), within(turnLimitMs, signal), async () => {
    if (!findBox(database, id)) return;
    await orAborted(commandSpares.drop(id), within(turnLimitMs, signal));
    await engine.removeContainer(container, within(removalLimitMs, signal));
    deleteBoxRow(database, id);
    departures.tell(id);
    forgetShells({ knownShells }, container);
  });
}
