import { orAborted } from '../abort';

/**
 * Mutual exclusion by key: work on one resource waits for its turn, work on others goes on.
 * Also tells observers which resources changed hands since a moment, so that they don't judge by old facts.
 */
export interface Turns {
  /** Runs `work` when all earlier work on `key` has ended. Rejects with the signal's reason while waiting. */
  run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** A moment, for `quietSince`. */
  moment(): number;
  /** Nobody has, or waits for, or has had a turn at `key` since that moment. */
  quietSince(key: string, moment: number): boolean;
}

/** More turns than can end during one look at the engine. */
const mostRemembered = 1000;

export function createTurns(): Turns {
  const tails = new Map<string, Promise<void>>();
  const endedAt = new Map<string, number>();
  let clock = 0;
  /** A key that is no longer remembered had its last turn at this moment or before. */
  let forgottenBefore = 0;

  const run = async <T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const before = tails.get(key) ?? Promise.resolve();
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const tail = before.then(() => ended);
    tails.set(key, tail);
    try {
      await orAborted(before, signal);
      return await work();
    } finally {
      endedAt.delete(key); // so that the oldest stand first
      endedAt.set(key, ++clock);
      for (const old of endedAt.keys()) {
        if (endedAt.size <= mostRemembered) break;
        forgottenBefore = endedAt.get(old) ?? forgottenBefore;
        endedAt.delete(old);
      }
      if (tails.get(key) === tail) tails.delete(key);
      end();
    }
  };
  const quietSince = (key: string, moment: number): boolean =>
    !tails.has(key) && (endedAt.get(key) ?? forgottenBefore) <= moment;
  return { run, moment: () => clock, quietSince };
}
