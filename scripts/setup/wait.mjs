import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer.
 * @template T
 * @param {() => T | undefined | Promise<T | undefined>} ask gives undefined for "not yet"; may throw to give up
 * @param {{ what: string, timeoutMs: number, everyMs?: number, signal?: AbortSignal }} options
 * @returns {Promise<T>} rejects after `timeoutMs` with a sentence that names `what`
 */
export async function waitFor(ask, { what, timeoutMs, everyMs = 100, signal }) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await sleep(everyMs, undefined, { signal });
  }
}
