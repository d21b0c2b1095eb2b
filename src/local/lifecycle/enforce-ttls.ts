import { allBoxes, findBox, type BoxRecord } from '../store/boxes';
import { within } from '../abort';
import { Failure } from '../failure';
import { boxKey } from './engine-names';
import { due } from './expiry';
import type { Lifecycle } from './lifecycle';
import { removeBox } from './remove-box';
import { stopIdle } from './stop';

/** A sandbox that is busy for longer is looked at again later. */
const turnLimitMs = 5_000;

/** What the engine can't do is tried again so much later, and after each further time twice as much. */
const firstDelayMs = 10_000;
const mostDelayMs = 600_000;

/**
 * Stops and deletes what is due at `now`, in milliseconds since 1970. What fails is logged and tried again later.
 * Rejects with an aborted signal's reason.
 */
export type EnforceTtls = (now: number, signal: AbortSignal) => Promise<void>;

export function ttlEnforcer(lifecycle: Lifecycle): EnforceTtls {
  const refused = new Map<string, { delayMs: number; again: number }>();
  return async (now, signal) => {
    const boxes = allBoxes(lifecycle.database);
    const isThere = new Set(boxes.map(({ id }) => id));
    for (const id of refused.keys()) if (!isThere.has(id)) refused.delete(id);
    for (const { id, status } of boxes) {
      signal.throwIfAborted();
      const last = refused.get(id);
      // A clock that was set back does not make it longer.
      if (status === 'ready' && last && now < last.again && now >= last.again - last.delayMs) continue;
      try {
        await enforce(lifecycle, id, now, signal);
        refused.delete(id);
      } catch (error) {
        if (signal.aborted) continue;
        if (error instanceof Failure && error.status === 501) {
          const delayMs = Math.min(last ? 2 * last.delayMs : firstDelayMs, mostDelayMs);
          refused.set(id, { delayMs, again: now + delayMs });
        }
        lifecycle.log.error(`could not end sandbox ${id} in time: ${String(error)}`);
      }
    }
  };
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
  if (!box) return undefined;
  const last_used_at = activity.lastUse(box.id) ?? box.last_used_at;
  return due({ ...box, last_used_at }, activity.isHeld(box.id), now);
}
