import type { Failure } from '../failure';
import type { Outcome, Run } from '../outcome';

/** What became of each of several things; every one stands in one of the four. */
export interface Tally<T> {
  readonly done: readonly T[];
  readonly failed: readonly Failed<T>[];
  /** Begun and not seen to its end: we stopped waiting, or another action took over. The server may go on with it. */
  readonly unfinished: readonly T[];
  /** Nothing was asked of the server: the user cancelled before. */
  readonly untouched: readonly T[];
}

export interface Failed<T> {
  readonly item: T;
  readonly failure: Failure;
}

/** Enough to hide the way to the server, and few enough not to be a burden to it. */
const usuallyAtOnce = 4;

/**
 * Does the same to each of several things, in their order and a few at a time. One that fails keeps no other from its
 * turn. Cancelling ends the waits under way and begins no more; what is left then is the tally of what was done.
 */
export async function each<T>(
  items: readonly T[],
  run: Run,
  act: (item: T, run: Run) => Promise<Outcome<unknown, unknown>>,
  atOnce = usuallyAtOnce,
): Promise<Outcome<Tally<T>, Tally<T>>> {
  const done: T[] = [];
  const failed: Failed<T>[] = [];
  const unfinished: T[] = [];
  const count = (): void =>
    run.onStep({
      kind: 'counting',
      ended: done.length + failed.length + unfinished.length,
      of: items.length,
    });
  const waiting = [...items];
  const inTurn = async (): Promise<void> => {
    while (!run.signal.aborted) {
      const item = waiting.shift();
      if (item === undefined) return;
      const outcome = await act(item, { signal: run.signal, onStep: () => undefined });
      if (outcome.kind === 'done') done.push(item);
      else if (outcome.kind === 'failed') failed.push({ item, failure: outcome.failure });
      else unfinished.push(item);
      count();
    }
  };
  count();
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  const tally = { done, failed, unfinished, untouched: waiting };
  const isCancelled = run.signal.aborted && unfinished.length + waiting.length > 0;
  return isCancelled ? { kind: 'cancelled', left: tally } : { kind: 'done', value: tally };
}
