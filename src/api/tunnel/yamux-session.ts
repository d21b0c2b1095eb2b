import type { Line } from '../network/line';
import { encodeFrame, flag, FrameReader, frameType, type Frame } from './yamux-frame';
import { YamuxStream } from './yamux-stream';

/** The client's side of yamux over one WebSocket, whose messages are one stream of bytes. */
export class YamuxSession {
  readonly #line: Line;
  readonly #streams = new Map<number, YamuxStream>();
  #nextStream = 1;
  #isOver = false;

  constructor(line: Line) {
    this.#line = line;
    void this.#receive();
  }

  /** No stream can be opened any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  open(): YamuxStream {
    const id = this.#nextStream;
    this.#nextStream += 2;
    const stream = new YamuxStream((type, flags, length, data) =>
      this.#line.send(encodeFrame({ type, flags, stream: id, length }, data)),
    );
    this.#streams.set(id, stream);
    // Who uses it learns of its end there; one that nobody listens to must not end the process.
    stream.on('error', () => undefined);
    stream.once('close', () => this.#streams.delete(id));
    this.#tell({ type: frameType.windowUpdate, flags: flag.syn, stream: id, length: 0 });
    return stream;
  }

  /** Says goodbye; open streams are reset. Resolves when the connection is closed. */
  async close(): Promise<void> {
    if (!this.#isOver) this.#tell({ type: frameType.goAway, flags: 0, stream: 0, length: 0 });
    this.#end(new Error('The tunnel was closed'));
    this.#line.close();
    await this.#line.closed;
  }

  async #receive(): Promise<void> {
    const reader = new FrameReader();
    let reason = new Error('The tunnel broke');
    try {
      for await (const message of this.#line.messages()) {
        for (const frame of reader.read(message)) this.#take(frame);
      }
    } catch (failure) {
      reason = failure as Error;
      this.#tell({ type: frameType.goAway, flags: 0, stream: 0, length: 1 });
      this.#line.close();
    }
    this.#end(Object.assign(reason, { code: 'ECONNRESET' }));
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case frameType.ping:
        if (frame.flags & flag.syn) this.#tell({ ...frame, flags: flag.ack });
        return;
      case frameType.goAway:
        // Streams that are open go on to their ends.
        this.#isOver = true;
        return;
      default:
        // A frame for a stream that is gone was on its way when it went.
        this.#streams.get(frame.stream)?.receive(frame);
    }
  }

  #tell({ type, flags, stream, length }: Omit<Frame, 'data'>): void {
    this.#line.send(encodeFrame({ type, flags, stream, length })).catch(() => undefined);
  }

  #end(reason: Error): void {
    this.#isOver = true;
    for (const stream of this.#streams.values()) stream.fail(reason);
    this.#streams.clear();
  }
}
