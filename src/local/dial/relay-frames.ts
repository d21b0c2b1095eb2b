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
  let header: Buffer = Buffer.alloc(0);
  let left = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (left > 0) {
        const part = rest.subarray(0, left);
        left -= part.length;
        rest = rest.subarray(part.length);
        bytes(part);
        continue;
      }
      const missing = headerBytes - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < headerBytes) return;
      left = header.readInt32LE();
      header = Buffer.alloc(0);
      if (left <= 0) word(left);
      left = Math.max(left, 0);
    }
  };
}
