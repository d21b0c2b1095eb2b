/** Yamux, version 0: a 12-byte head, big-endian, then the data of a data frame. */
const headLength = 12;

/** Bytes a stream may send before the other side has said that it took some. */
export const initialWindow = 256 * 1024;

export const frameType = { data: 0, windowUpdate: 1, ping: 2, goAway: 3 } as const;
export const flag = { syn: 1, ack: 2, fin: 4, rst: 8 } as const;

export interface FrameHead {
  type: number;
  flags: number;
  stream: number;
  /** Of the data; of a window update what is added, of a ping its mark, of a go-away its reason. */
  length: number;
}

export function encodeFrame({ type, flags, stream, length }: FrameHead, data?: Uint8Array): Buffer {
  const frame = Buffer.alloc(headLength + (data?.length ?? 0));
  frame.writeUInt8(type, 1);
  frame.writeUInt16BE(flags, 2);
  frame.writeUInt32BE(stream, 4);
  frame.writeUInt32BE(length, 8);
  if (data) frame.set(data, headLength);
  return frame;
}

export interface Frame extends FrameHead {
  data: Buffer;
}

/** Not yamux of version 0. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Cuts a byte stream, whose pieces mean nothing, into frames. Data comes in pieces as it arrives: a large frame is not held. */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0);
  #open: { head: FrameHead; left: number } | undefined;

  *read(bytes: Buffer): Generator<Frame> {
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
    while (rest.length > 0) {
      if (this.#open) {
        const { head, left } = this.#open;
        const data = rest.subarray(0, left);
        rest = rest.subarray(data.length);
        this.#open = data.length < left ? { head, left: left - data.length } : undefined;
        // What a frame says of its stream holds once: it opens with its first piece and ends with its last.
        yield { ...head, length: data.length, flags: this.#open ? head.flags & ~flag.fin : head.flags, data };
      } else if (rest.length < headLength) break;
      else {
        const head = decodeHead(rest);
        rest = rest.subarray(headLength);
        if (head.type === frameType.data && head.length > 0) this.#open = { head, left: head.length };
        else yield { ...head, data: Buffer.alloc(0) };
      }
    }
    this.#pending = rest;
  }
}

function decodeHead(bytes: Buffer): FrameHead {
  const type = bytes.readUInt8(1);
  if (bytes.readUInt8(0) !== 0 || type > frameType.goAway) throw new ProtocolError('Not yamux of version 0');
  return {
    type,
    flags: bytes.readUInt16BE(2),
    stream: bytes.readUInt32BE(4),
    length: bytes.readUInt32BE(8),
  };
}
