import { Duplex } from 'node:stream';
import { flags, frameTypes, initialWindow, ProtocolError } from './frame';

/** Larger writes go out in several frames, so that streams take turns. */
const mostFrameBytes = 32 * 1024;
/** Room is given back by halves. Below half a window of unread bytes there is always room left to send into. */
const creditBytes = initialWindow / 2;

/** Sends a frame of this stream; `sent` when more may follow. */
export type SendFrame = (
  type: number,
  frameFlags: number,
  length: number,
  payload?: Buffer,
  sent?: (error?: Error | null) => void,
) => void;

/** One stream of a session: what its frames mean. */
export interface MuxStream {
  duplex: Duplex;
  /** A data frame of so many bytes begins. Throws ProtocolError when there is no room for it. */
  expect(length: number): void;
  payload(part: Buffer): void;
  windowUpdate(length: number): void;
  /** The other side sends no more. */
  fin(): void;
  /** The other side, or the session, is gone. */
  reset(): void;
}

/** `closed` when no frame of it means anything any more. */
export function muxStream(send: SendFrame, closed: () => void): MuxStream {
  let sendWindow = initialWindow;
  let receiveWindow = initialWindow;
  let received = 0;
  let credited = 0;
  let wasReset = false;
  let waiting: (() => void) | undefined;

  const write = (chunk: Buffer, done: (error?: Error | null) => void): void => {
    if (chunk.length === 0) {
      done();
      return;
    }
    if (sendWindow === 0) {
      waiting = () => write(chunk, done);
      return;
    }
    const part = chunk.subarray(0, Math.min(sendWindow, mostFrameBytes));
    sendWindow -= part.length;
    send(frameTypes.data, 0, part.length, part, (error) =>
      error ? done(error) : write(chunk.subarray(part.length), done),
    );
  };
  const giveCredit = (): void => {
    const taken = received - duplex.readableLength - credited;
    if (taken < creditBytes || duplex.destroyed) return;
    credited += taken;
    receiveWindow += taken;
    send(frameTypes.windowUpdate, 0, taken);
  };
  const duplex: Duplex = new Duplex({
    readableHighWaterMark: creditBytes,
    // Asked for more before the reader has what there is.
    read: () => process.nextTick(giveCredit),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    final: (done) => send(frameTypes.windowUpdate, flags.fin, 0, undefined, done),
    destroy: (error, done) => {
      waiting = undefined;
      const hasEnded = duplex.readableEnded && duplex.writableFinished;
      if (!hasEnded && !wasReset) send(frameTypes.windowUpdate, flags.rst, 0);
      closed();
      done(error);
    },
  });
  return {
    duplex,
    expect: (length) => {
      if (length > receiveWindow) throw new ProtocolError('More was sent than there was room for.');
      receiveWindow -= length;
    },
    payload: (part) => {
      received += part.length;
      duplex.push(part);
    },
    windowUpdate: (length) => {
      sendWindow += length;
      const resume = waiting;
      waiting = undefined;
      resume?.();
    },
    fin: () => void duplex.push(null),
    reset: () => {
      wasReset = true;
      duplex.destroy();
    },
  };
}
