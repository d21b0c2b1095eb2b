import { Readable } from 'node:stream';

/** Far more than an engine sends of one stream before it turns to the other. */
const usualMostBytes = 64 * 1024 * 1024;
const usualHighWaterMark = 64 * 1024;

/**
 * What `source` says, which is read and kept until `known` settles: nobody reads it before, and left unread it would
 * hold up what comes behind it on the same connection. Beyond `mostBytes` it waits for its reader after all.
 * Destroying it destroys `source`.
 */
export function readAhead(source: Readable, known: Promise<unknown>, mostBytes = usualMostBytes): Readable {
  let isKnown = false;
  const kept = new Readable({
    highWaterMark: Math.min(mostBytes, usualHighWaterMark),
    read: () => void source.resume(),
    destroy: (error, done) => {
      source.destroy();
      done(error);
    },
  });
  // Who reads it learns of its error there; one that nobody reads must not end the server.
  kept.on('error', () => undefined);
  const mayWait = (): boolean => isKnown || kept.readableLength > mostBytes;
  const settle = (): void => {
    isKnown = true;
    if (kept.readableLength >= kept.readableHighWaterMark) source.pause();
  };
  source.on('data', (chunk: Buffer) => {
    if (!kept.push(chunk) && mayWait()) source.pause();
  });
  source.once('end', () => kept.push(null));
  source.once('error', (error) => kept.destroy(error));
  known.then(settle, settle);
  return kept;
}
