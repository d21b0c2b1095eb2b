import type { Readable } from 'node:stream';
import { streamOf } from '../stream-of';

/** Bytes `start` to `end`, both included. */
export interface FilePart {
  start: number;
  end: number;
}

/** Ends the source, and itself, as soon as the last byte is out. */
export function filePart(source: Readable, { start, end }: FilePart): Readable {
  const part = async function* (): AsyncGenerator<Buffer, void> {
    let at = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end + 1 - at, chunk.length);
      at += chunk.length;
      if (from < to) yield chunk.subarray(from, to);
      if (at > end) return;
    }
  };
  return streamOf(source, part());
}
