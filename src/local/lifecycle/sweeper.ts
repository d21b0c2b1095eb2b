import { setTimeout as sleep } from 'node:timers/promises';
import { ttlEnforcer } from './enforce-ttls';
import type { Lifecycle } from './lifecycle';
import { sweep } from './sweep';

/** What a dead server had asked of the engine may still appear there for a while. */
const sweepFirstMs = [5_000, 30_000];
const sweepEveryMs = 60_000;
/** A sandbox ends at most so much after its time, unless that fails. */
const ttlEveryMs = 5_000;

/** Sweeps and enforces TTLs for as long as the server lives. Gives the way to end that, which cuts a sweep short. */
export function startSweeper(lifecycle: Lifecycle): () => Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const enforceTtls = ttlEnforcer(lifecycle);
  const repeat = async (firstMs: number[], everyMs: number, work: () => Promise<void>): Promise<void> => {
    try {
      for (let round = 0; ; round += 1) {
        await sleep(firstMs[round] ?? everyMs, undefined, { signal, ref: false });
        await work();
      }
    } catch (error) {
      if (!signal.aborted) lifecycle.log.error(`sweeping ended: ${String(error)}`);
    }
  };
  const running = [
    repeat(sweepFirstMs, sweepEveryMs, () => sweep(lifecycle, signal)),
    repeat([0], ttlEveryMs, () => enforceTtls(Date.now(), signal)),
  ];
  return async () => {
    controller.abort();
    await Promise.all(running);
  };
}
