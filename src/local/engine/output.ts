import type { PassThrough } from 'node:stream';
import { oneOf } from '../one-of';

/**
 * Writes, and waits while the reader is behind, for as long as `waiting` does. A stream that its owner destroyed takes no
 * more.
 */
export async function write(
  stream: PassThrough,
  bytes: Buffer,
  signal: AbortSignal,
  waiting = (wait: () => Promise<void>): Promise<void> => wait(),
): Promise<void> {
  if (stream.destroyed || stream.write(bytes)) return;
  await waiting(() => oneOf(stream, ['drain', 'close'], signal));
}

/** Written and not yet read. */
export function unreadBytes(stream: PassThrough): number {
  return stream.writableLength + stream.readableLength;
}

/** Ends it and waits until its reader has all; not for a reader who never came where there is nothing to read. */
export async function drain(stream: PassThrough, signal: AbortSignal): Promise<void> {
  stream.end();
  const isIgnored = stream.readableFlowing === null && stream.readableLength === 0;
  if (!isIgnored && !stream.closed) await oneOf(stream, ['close'], signal);
}
