import { orAborted } from '../abort';

/** At most so many pieces of work at a time; the rest wait in order. */
export interface Slots {
  /** Rejects with the signal's reason while waiting. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createSlots(size: number): Slots {
  let free = size;
  const waiting: (() => void)[] = [];

  const take = async (signal: AbortSignal): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    let grant = (): void => undefined;
    const granted = new Promise<void>((resolve) => (grant = resolve));
    waiting.push(grant);
    try {
      await orAborted(granted, signal);
    } catch (error) {
      const place = waiting.indexOf(grant);
      if (place >= 0) waiting.splice(place, 1);
      else giveBack();
      throw error;
    }
  };
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const run = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    await take(signal);
    try {
      return await work();
    } finally {
      giveBack();
    }
  };
  return { run };
}
