import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for a condition: asks every 50 ms until the answer is not undefined.
 * Rejects after `timeoutMs` with a sentence that names what was waited for.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await sleep(50);
  }
}
