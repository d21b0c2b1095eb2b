import { EventEmitter, once } from 'node:events';

/**
 * Containers that are being stopped or removed. Podman waits until all that their processes wrote is read, and gives
 * up after a while: it is read on then, however slow its reader is. Docker waits until all archives of it are read.
 */
export interface Endings {
  during<T>(id: string, end: () => Promise<T>): Promise<T>;
  /** Settles as the wait does, or when the container begins to end; while it ends there is no wait. */
  unlessEnding(id: string, wait: () => Promise<void>): Promise<void>;
  /** Calls `end` when the container begins to end, or at once while it ends. Gives the way to forget about it. */
  whenEnding(id: string, end: () => void): () => void;
}

export function createEndings(): Endings {
  const counts = new Map<string, number>();
  const begun = new EventEmitter().setMaxListeners(0);

  const count = (id: string, change: number): void => {
    const now = (counts.get(id) ?? 0) + change;
    if (now > 0) counts.set(id, now);
    else counts.delete(id);
  };
  return {
    during: async (id, end) => {
      count(id, 1);
      begun.emit(id);
      try {
        return await end();
      } finally {
        count(id, -1);
      }
    },
    unlessEnding: async (id, wait) => {
      if (counts.has(id)) return;
      const over = new AbortController();
      try {
        await Promise.race([wait(), once(begun, id, { signal: over.signal })]);
      } finally {
        over.abort();
      }
    },
    whenEnding: (id, end) => {
      if (counts.has(id)) end();
      else begun.once(id, end);
      return () => void begun.off(id, end);
    },
  };
}
