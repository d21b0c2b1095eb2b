import { Readable } from 'node:stream';
import { setInterval as every } from 'node:timers/promises';
import type { Leases } from './leases';

/** Often enough for a holder to see that the server is gone. */
const beatMs = 15_000;

/** The reply of a lease: says at once that it is held, then a newline now and then until either side ends it. */
export function leaseStream(leases: Leases, signal: AbortSignal): ReadableStream<Uint8Array> {
  return Readable.toWeb(
    Readable.from(beats(leases, signal), { objectMode: false }),
  ) as ReadableStream<Uint8Array>;
}

async function* beats(leases: Leases, signal: AbortSignal): AsyncGenerator<Buffer> {
  const release = leases.take();
  try {
    yield Buffer.from('{"ok":true}\n');
    for await (const beat of every(beatMs, '\n', { signal, ref: false })) yield Buffer.from(beat);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    release();
  }
}
