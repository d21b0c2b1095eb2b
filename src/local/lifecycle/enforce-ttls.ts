import { allBoxes, findBox, type BoxRecord } from '../store/boxes';
import { within } from '../abort';
import { boxKey } from './engine-names';
import { due } from './expiry';
import type { Lifecycle } from './lifecycle';
import { removeBox } from './remove-box';
import { stopIdle } from './stop';

/** A sandbox that is busy for longer is looked at again later. */
const turnLimitMs = 5_000;

/** Stops and deletes what is due at `now`, in milliseconds since 1970. What fails is logged and tried again later. Rejects with an aborted signal's reason. */
export async function enforceTtls(lifecycle: Lifecycle, now: number, signal: AbortSignal): Promise<void> {
  for (const { id } of allBoxes(lifecycle.database)) {
    signal.throwIfAborted();
    try {
      await enforce(lifecycle, id, now, signal);
    } catch (error) {
      if (!signal.aborted) lifecycle.log.error(`could not end sandbox ${id} in time: ${String(error)}`);
    }
  }
}

async function enforce(lifecycle: Lifecycle, id: string, now: number, signal: AbortSignal): Promise<void> {
  const { database, turns, tasks, log } = lifecycle;
  const wish = dueOf(lifecycle, findBox(database, id), now);
  if (wish === undefined || tasks.running(boxKey(id))) return;
  if (wish === 'delete') {
    log.info(`deleting sandbox ${id}: it was stopped for so long`);
    return removeBox(lifecycle, id);
  }
  await turns.run(boxKey(id), within(turnLimitMs, signal), async () => {
    // Looked at again: waiting for the turn took its time. From here to the row's change nothing can come between.
    const box = findBox(database, id);
    if (!box || dueOf(lifecycle, box, now) !== 'stop') return;
    log.info(`stopping sandbox ${id}: nothing used it for ${box.idle_ttl_seconds} s`);
    await stopIdle(lifecycle, box, `It was stopped after ${box.idle_ttl_seconds} s without use.`);
  });
}

function dueOf(
  { activity }: Lifecycle,
  box: BoxRecord | undefined,
  now: number,
): 'stop' | 'delete' | undefined {
  return box && due(box, activity.isHeld(box.id), now);
}
