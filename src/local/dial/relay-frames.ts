import { pieceReader } from '../piece-reader';

/** The frames of engine/relay/relay.ts, as the server writes and reads them. */

const headerBytes = 4;

export function portFrame(port: number): Buffer {
  const frame = Buffer.alloc(headerBytes);
  frame.writeUInt16BE(port);
  return frame;
}

/** The header of a piece; the piece follows it. */
export function pieceHeader(length: number): Buffer {
  const frame = Buffer.alloc(headerBytes);
  frame.writeInt32LE(length);
  return frame;
}

export const endFrame = pieceHeader(0);
export const closeFrame = pieceHeader(-1);

export interface FrameHandlers {
  /** A header that no piece follows: 0 or a negative errno. */
  word: (value: number) => void;
  /** Part of a piece. */
  bytes: (part: Buffer) => void;
}

/** Takes the relay's stdout apart, however it is cut. */
export function frameReader({ word, bytes }: FrameHandlers): (chunk: Buffer) => void {
  return pieceReader(headerBytes, {
    header: (header) => {
      const length = header.readInt32LE();
      if (length <= 0) word(length);
      return Math.max(length, 0);
    },
    part: bytes,
  });
}
