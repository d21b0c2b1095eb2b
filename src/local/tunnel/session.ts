import type { Duplex } from 'node:stream';
import { flags, frame, frameReader, frameTypes, goAwayCodes, ProtocolError, type FrameHeader } from './frame';
import { muxStream, type MuxStream } from './stream';

/** Each may hold a window's worth of bytes. */
const mostStreams = 256;

export interface SessionTransport {
  /** `sent` when it has left, or with an error. */
  send: (bytes: Buffer, sent?: (error?: Error | null) => void) => void;
  /** The session is over: by the client's wish or ours, or for what it did wrong. `reason` is a sentence for it. */
  close: (outcome: SessionOutcome, reason: string) => void;
}

export type SessionOutcome = 'ended' | 'protocol-error';

/** The server's side of a yamux session. */
export interface Session {
  /** Bytes from the client. */
  receive(chunk: Buffer): void;
  /** Ends it: all streams break off. */
  end(reason: string): void;
  /** The transport is gone: all streams break off. */
  lost(): void;
}

/** `accept` gets every stream that the client opens. */
export function muxSession(transport: SessionTransport, accept: (stream: Duplex) => void): Session {
  const streams = new Map<number, MuxStream>();
  /** Whose payload is coming, how much of it, and whether it is the last. No stream: it is gone here. */
  let current: { stream: MuxStream | undefined; left: number; isLast: boolean } | undefined;
  let isOver = false;
  let takesMore = true;

  const send = ({ type, flags: set, streamId, length }: FrameHeader): void => {
    if (!isOver) transport.send(frame({ type, flags: set, streamId, length }));
  };
  const lost = (): void => {
    isOver = true;
    for (const stream of [...streams.values()]) stream.reset();
  };
  const end = (outcome: SessionOutcome, reason = ''): void => {
    if (isOver) return;
    const code = outcome === 'ended' ? goAwayCodes.normal : goAwayCodes.protocolError;
    send({ type: frameTypes.goAway, flags: 0, streamId: 0, length: code });
    lost();
    transport.close(outcome, reason);
  };
  const open = (streamId: number): MuxStream | undefined => {
    if (streamId % 2 === 0 || streams.has(streamId))
      throw new ProtocolError(`Stream ${streamId} can't be opened.`);
    if (streams.size >= mostStreams || !takesMore) {
      send({ type: frameTypes.windowUpdate, flags: flags.rst, streamId, length: 0 });
      return undefined;
    }
    const stream = muxStream(
      (type, set, length, payload, sent) => {
        if (isOver) sent?.(new Error('The tunnel was closed.'));
        else transport.send(frame({ type, flags: set, streamId, length }, payload), sent);
      },
      () => {
        streams.delete(streamId);
        if (!takesMore && streams.size === 0) end('ended');
      },
    );
    streams.set(streamId, stream);
    send({ type: frameTypes.windowUpdate, flags: flags.ack, streamId, length: 0 });
    accept(stream.duplex);
    return stream;
  };
  const streamFrame = ({ type, flags: set, streamId, length }: FrameHeader): void => {
    if (streamId === 0) throw new ProtocolError('Stream 0 is the session itself.');
    const stream = set & flags.syn ? open(streamId) : streams.get(streamId);
    const hasPayload = type === frameTypes.data && length > 0;
    const isLast = (set & flags.fin) !== 0;
    if (hasPayload) {
      current = { stream, left: length, isLast };
      stream?.expect(length);
    } else if (type === frameTypes.windowUpdate) stream?.windowUpdate(length);
    if (set & flags.rst) stream?.reset();
    else if (isLast && !hasPayload) stream?.fin();
  };
  const payload = (part: Buffer): void => {
    if (!current) return;
    current.stream?.payload(part);
    current.left -= part.length;
    if (current.left === 0 && current.isLast) current.stream?.fin();
  };
  const header = (frameHeader: FrameHeader): void => {
    const { type, flags: set, length } = frameHeader;
    if (type === frameTypes.ping) {
      if (set & flags.syn) send({ type, flags: flags.ack, streamId: 0, length });
    } else if (type === frameTypes.goAway) {
      takesMore = false;
      if (streams.size === 0) end('ended');
    } else streamFrame(frameHeader);
  };
  const read = frameReader({ header, payload });
  const receive = (chunk: Buffer): void => {
    try {
      if (!isOver) read(chunk);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      end('protocol-error', error.message);
    }
  };
  return { receive, lost, end: (reason) => end('ended', reason) };
}
