import type { Readable } from 'node:stream';

export interface Piece {
  stream: 'stdout' | 'stderr';
  bytes: Buffer;
}

const headerBytes = 8;

/**
 * Takes an exec's output apart. Form: a header (stream number, three zeros, payload size as uint32 big-endian),
 * then the payload. Pieces come as they arrive, so a frame may come as several. Throws on a frame that was cut off.
 */
export async function* demultiplexed(source: Readable): AsyncGenerator<Piece> {
  let pending: Buffer = Buffer.alloc(0);
  let stream: Piece['stream'] = 'stdout';
  let left = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    let rest = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    while (left > 0 ? rest.length > 0 : rest.length >= headerBytes) {
      if (left === 0) {
        stream = rest[0] === 2 ? 'stderr' : 'stdout';
        left = rest.readUInt32BE(4);
        rest = rest.subarray(headerBytes);
        continue;
      }
      const bytes = rest.subarray(0, left);
      left -= bytes.length;
      rest = rest.subarray(bytes.length);
      yield { stream, bytes };
    }
    pending = rest;
  }
  if (left > 0 || pending.length > 0) throw new Error('The output was cut off.');
}
