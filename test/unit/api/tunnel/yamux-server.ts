import type { WebSocket } from 'ws';
import {
  encodeFrame,
  flag,
  FrameReader,
  frameType,
  type Frame,
} from '../../../../src/api/tunnel/yamux-frame';

export interface ServerStream {
  id: number;
  /** What the client has sent after the greeting. */
  received: Buffer[];
  port: number;
  send: (data: string | Buffer) => void;
  fin: () => void;
  /** Gives the client credit. */
  grant: (bytes: number) => void;
}

export interface TunnelScript {
  /** The status byte for a port; 0 unless told. */
  status?: (port: number) => number;
  onData?: (stream: ServerStream, data: Buffer) => void;
  onFin?: (stream: ServerStream) => void;
  /** Every frame of the client, as it comes. */
  onFrame?: (frame: Frame) => void;
}

/** The server's side of a tunnel on one WebSocket, as plain as the wire allows: it splits its messages anywhere. */
export function serveYamux(socket: WebSocket, { status, onData, onFin, onFrame }: TunnelScript): void {
  const reader = new FrameReader();
  const streams = new Map<number, ServerStream>();
  const greetings = new Map<number, Buffer>();
  const tell = (frame: Omit<Frame, 'data'>, data?: Buffer): void => {
    const bytes = encodeFrame(frame, data);
    socket.send(bytes.subarray(0, 5));
    socket.send(bytes.subarray(5));
  };
  const open = (id: number): ServerStream => ({
    id,
    received: [],
    port: 0,
    send: (data) => {
      const bytes = Buffer.from(data);
      tell({ type: frameType.data, flags: 0, stream: id, length: bytes.length }, bytes);
    },
    fin: () => tell({ type: frameType.data, flags: flag.fin, stream: id, length: 0 }),
    grant: (length) => tell({ type: frameType.windowUpdate, flags: 0, stream: id, length }),
  });
  socket.on('message', (message: Buffer) => {
    for (const frame of reader.read(message)) {
      onFrame?.(frame);
      if (frame.flags & flag.syn && frame.type === frameType.windowUpdate) {
        streams.set(frame.stream, open(frame.stream));
        greetings.set(frame.stream, Buffer.alloc(0));
        tell({ type: frameType.windowUpdate, flags: flag.ack, stream: frame.stream, length: 0 });
      }
      const stream = streams.get(frame.stream);
      if (!stream) continue;
      const greeting = greetings.get(frame.stream);
      if (greeting && frame.type === frameType.data) {
        const all = Buffer.concat([greeting, frame.data]);
        greetings.set(frame.stream, all);
        if (all.length < 3) continue;
        greetings.delete(frame.stream);
        stream.port = all.readUInt16BE(1);
        stream.send(Buffer.from([status?.(stream.port) ?? 0]));
      } else if (frame.data.length > 0) {
        stream.received.push(frame.data);
        onData?.(stream, frame.data);
      }
      if (frame.flags & flag.fin) onFin?.(stream);
    }
  });
}
