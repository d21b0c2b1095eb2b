import { Duplex } from 'node:stream';
import { flag, frameType, initialWindow, ProtocolError, type Frame } from './yamux-frame';

/** A frame larger than this would hold up the other streams. */
const largestData = 64 * 1024;

export type SendFrame = (type: number, flags: number, length: number, data?: Uint8Array) => Promise<void>;

/** One stream of a yamux session as Node.js knows streams. It gives no more credit than its reader takes. */
export class YamuxStream extends Duplex {
  readonly #send: SendFrame;
  #sendWindow = initialWindow;
  #receiveWindow = initialWindow;
  /** Bytes handed to Node.js; when they are taken they become untold, until the other side is given credit for them. */
  #given = 0;
  #untold = 0;
  #wake: (() => void) | undefined;
  #isGone = false;
  readonly #queue: (Buffer | null)[] = [];
  #isWanted = false;

  constructor(send: SendFrame) {
    super({ readableHighWaterMark: 0, writableHighWaterMark: largestData });
    this.#send = send;
  }

  /** A frame of this stream. */
  receive({ type, flags, length, data }: Frame): void {
    if (type === frameType.windowUpdate) {
      this.#sendWindow += length;
      this.#wake?.();
    }
    if (data.length > this.#receiveWindow) {
      this.destroy(new ProtocolError('The other side sent more than its window'));
      return;
    }
    if (data.length > 0) {
      this.#receiveWindow -= data.length;
      this.#queue.push(data);
    }
    if (flags & flag.fin) this.#queue.push(null);
    if (flags & flag.rst) this.fail(Object.assign(new Error('The stream was reset'), { code: 'ECONNRESET' }));
    else this.#flow();
  }

  /** The session is gone: there is no one to tell. */
  fail(reason: Error): void {
    this.#isGone = true;
    this.destroy(reason);
  }

  /** Node.js asks when its own buffer is empty (its high-water mark is 0): what it was given has been taken. */
  override _read(): void {
    this.#isWanted = true;
    this.#untold += this.#given;
    this.#given = 0;
    this.#flow();
    this.#giveCredit();
  }

  #flow(): void {
    if (!this.#isWanted || this.#queue.length === 0) return;
    const data = this.#queue.shift() ?? null;
    this.#isWanted = false;
    this.#given += data?.length ?? 0;
    this.push(data);
  }

  /** Told in halves of the window. */
  #giveCredit(): void {
    if (this.#untold < initialWindow / 2) return;
    const taken = this.#untold;
    this.#untold = 0;
    this.#receiveWindow += taken;
    void this.#send(frameType.windowUpdate, 0, taken).catch(() => undefined);
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (failure?: Error | null) => void): void {
    this.#sendAll(chunk).then(() => done(), done);
  }

  async #sendAll(chunk: Buffer): Promise<void> {
    for (let sent = 0; sent < chunk.length;) {
      while (this.#sendWindow === 0 && !this.destroyed) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      if (this.destroyed) return;
      const length = Math.min(chunk.length - sent, this.#sendWindow, largestData);
      this.#sendWindow -= length;
      await this.#send(frameType.data, 0, length, chunk.subarray(sent, sent + length));
      sent += length;
    }
  }

  override _final(done: (failure?: Error | null) => void): void {
    this.#send(frameType.windowUpdate, flag.fin, 0).then(() => done(), done);
  }

  override _destroy(reason: Error | null, done: (failure: Error | null) => void): void {
    const isClean = this.readableEnded && this.writableFinished;
    if (!this.#isGone && !isClean)
      void this.#send(frameType.windowUpdate, flag.rst, 0).catch(() => undefined);
    this.#wake?.();
    done(reason);
  }
}
