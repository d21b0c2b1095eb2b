import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from './engine-error';

const patienceMs = 2_000;
const lookMs = 50;

/**
 * Sends what the engine refuses in a container that it takes for paused, or for running. Docker sets that state when it
 * pauses, and again when its runtime tells of it; on a busy machine that can come after the container goes on. It then
 * refuses for a moment, before it has done anything, so that the same may be sent again. Seen with 20.10.
 */
export async function despitePauseNews<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!isOfPause(error) || performance.now() > end) throw error;
    }
    await sleep(lookMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function isOfPause(error: unknown): boolean {
  return error instanceof EngineError && /\bis (?:already |not )?paused\b/.test(error.message);
}

/** Whether the engine refused something in a container that may be paused. Podman says no more than that it does not run. */
export function isRefusedForPause(error: unknown): boolean {
  if (isOfPause(error)) return true;
  return error instanceof EngineError && /container state improper|on running containers/.test(error.message);
}
