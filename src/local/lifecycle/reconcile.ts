import type { Lifecycle } from './lifecycle';
import { sweep } from './sweep';

const limitMs = 60_000;

/**
 * At start, before anybody is answered: says the truth about what an earlier server left undone, takes away what it left
 * in the engine, and brings the sandboxes into line with their containers. What the engine refuses is logged and
 * tried again by later sweeps.
 */
export async function reconcile(lifecycle: Lifecycle): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  await sweep(lifecycle, signal);
  await lifecycle.observer.refresh(signal);
}
