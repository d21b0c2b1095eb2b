import { Readable } from 'node:stream';

/** Far more than an engine sends of one stream before it turns to the other. */
const usualMostBytes = 64 * 1024 * 1024;

/**
 * What `source` says, which is read and kept until `known` settles: nobody reads it before, and left unread it would
 * hold up what comes behind it on the same connection. Beyond `mostBytes` it waits for its reader after all.
 */
export function readAhead(source: Readable, known: Promise<unknown>, mostBytes = usualMostBytes): Readable {
  const early: Buffer[] = [];
  let size = 0;
  const keep = (chunk: Buffer): void => {
    early.push(chunk);
    size += chunk.length;
    if (size > mostBytes) source.pause();
  };
  source.on('data', keep);
  const kept = known.then(stop, stop);
  function stop(): void {
    source.off('data', keep);
    source.pause();
  }
  return Readable.from(
    (async function* () {
      await kept;
      yield* early.splice(0);
      yield* source as AsyncIterable<Buffer>;
    })(),
    { objectMode: false },
  );
}
