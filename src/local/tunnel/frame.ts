import { pieceReader } from '../piece-reader';

/** Frames of yamux version 0: a header of 12 bytes, big-endian, and the payload of data frames. */
export const frameTypes = { data: 0, windowUpdate: 1, ping: 2, goAway: 3 } as const;
export const flags = { syn: 1, ack: 2, fin: 4, rst: 8 } as const;
/** What a side may send before the other one has taken any of it. */
export const initialWindow = 256 * 1024;
/** Reasons of a go-away. */
export const goAwayCodes = { normal: 0, protocolError: 1 } as const;

export interface FrameHeader {
  type: number;
  flags: number;
  streamId: number;
  /** Bytes of payload, of window, the ping's own value, or the go-away's reason. */
  length: number;
}

/** The other side doesn't speak yamux, or breaks its rules. The session can't go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

const headerBytes = 12;

export function frame(header: FrameHeader, payload?: Buffer): Buffer {
  const bytes = Buffer.alloc(headerBytes + (payload?.length ?? 0));
  bytes.writeUInt8(header.type, 1);
  bytes.writeUInt16BE(header.flags, 2);
  bytes.writeUInt32BE(header.streamId, 4);
  bytes.writeUInt32BE(header.length, 8);
  payload?.copy(bytes, headerBytes);
  return bytes;
}

export interface FrameHandlers {
  header: (header: FrameHeader) => void;
  /** A part of the payload of the last data frame. */
  payload: (part: Buffer) => void;
}

/** Takes a stream of bytes apart, however it is cut. Throws ProtocolError for what is no frame. */
export function frameReader(handlers: FrameHandlers): (chunk: Buffer) => void {
  return pieceReader(headerBytes, {
    header: (bytes) => {
      const header = parsed(bytes);
      handlers.header(header);
      return header.type === frameTypes.data ? header.length : 0;
    },
    part: handlers.payload,
  });
}

function parsed(bytes: Buffer): FrameHeader {
  const [version, type = 0] = bytes;
  if (version !== 0) throw new ProtocolError(`Version ${version} of yamux is not known.`);
  if (type > frameTypes.goAway) throw new ProtocolError(`Frames of type ${type} are not known.`);
  return {
    type,
    flags: bytes.readUInt16BE(2),
    streamId: bytes.readUInt32BE(4),
    length: bytes.readUInt32BE(8),
  };
}
