import { Readable } from 'node:stream';

/**
 * What a generator makes of a source. Destroying it destroys the source at once: a generator that waits for the source,
 * or was never begun, does not.
 */
export function streamOf(source: Readable, parts: AsyncGenerator<Buffer, void>): Readable {
  const stream = Readable.from(parts, { objectMode: false });
  const destroy = stream._destroy.bind(stream);
  stream._destroy = (error, done) => {
    source.destroy();
    destroy(error, done);
  };
  return stream;
}
