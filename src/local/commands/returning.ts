import type { Offsets, Output } from './output';

/** How long a client whose connection broke is waited for; it pauses 8 s at most between its tries. */
const patienceMs = 60_000;

export interface Returning {
  /**
   * The client with this number is gone without a farewell: what it has not got yet is kept for it, for a while; not
   * if another has come after it, which is taken for its return: the old connection can be found broken later than that.
   */
  expect(client: number, offsets: Offsets): void;
  /** A client has come, and holds what it needs itself. Gives its number. */
  arrive(): number;
}

/** Clients of one command that may come back for the rest of its output. */
export function returningTo(output: Output): Returning {
  const kept = new Set<() => void>();
  let newest = 0;
  return {
    expect: (client, offsets) => {
      if (client !== newest) return;
      const letGo = output.hold({ ...offsets });
      const end = (): void => {
        clearTimeout(late);
        kept.delete(end);
        letGo();
      };
      const late = setTimeout(end, patienceMs);
      late.unref();
      kept.add(end);
    },
    arrive: () => {
      for (const end of [...kept]) end();
      return ++newest;
    },
  };
}
