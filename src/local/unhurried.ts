import type { Readable } from 'node:stream';
import { createSpill, type Spill } from './spill';
import { streamOf } from './stream-of';

export interface Patience {
  /** How long a source is kept waiting for its reader, all waits together. */
  patienceMs: number;
  /** Left on the disk for everything else that writes there. */
  reserveBytes: number;
}

const usualPatience: Patience = { patienceMs: 2000, reserveBytes: 1024 * 1024 * 1024 };

/**
 * A stream whose source waits for no slow reader: what is left of it goes into a file in `folder`, from which the reader
 * gets it. The file is gone when the reader has all, or leaves. Where the disk takes no more, the source waits after all.
 */
export function unhurried(source: Readable, folder: string, patience = usualPatience): Readable {
  return streamOf(source, read(source, folder, patience));
}

async function* read(
  source: Readable,
  folder: string,
  { patienceMs, reserveBytes }: Patience,
): AsyncGenerator<Buffer, void> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const given = { spill: undefined as Spill | undefined };
  let leftMs = patienceMs;
  let late: NodeJS.Timeout | undefined;
  try {
    while (!given.spill) {
      const next = await chunks.next();
      if (next.done) return;
      const givenAt = performance.now();
      late = setTimeout(() => (given.spill = createSpill(chunks, folder, reserveBytes)), leftMs);
      yield next.value;
      clearTimeout(late);
      leftMs -= performance.now() - givenAt;
    }
    yield* given.spill.read();
    await given.spill.remove();
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    clearTimeout(late);
    source.destroy();
    await given.spill?.remove();
  }
}
