import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifecycle } from './lifecycle';
import { sweep } from './sweep';

/** What a dead server had asked of the engine may still appear there for a while. */
const firstMs = 5_000;
const secondMs = 30_000;
const everyMs = 60_000;

/** Sweeps now and then for as long as the server lives. Gives the way to end it, which cuts a sweep short. */
export function startSweeper(lifecycle: Lifecycle): () => Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const run = async (): Promise<void> => {
    for (let waitMs = firstMs; ; waitMs = waitMs === firstMs ? secondMs : everyMs) {
      await sleep(waitMs, undefined, { signal, ref: false });
      await sweep(lifecycle, signal);
    }
  };
  const running = run().catch((error: unknown) => {
    if (!signal.aborted) lifecycle.log.error(`sweeping ended: ${String(error)}`);
  });
  return async () => {
    controller.abort();
    await running;
  };
}
