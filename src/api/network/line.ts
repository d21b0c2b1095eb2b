import type { RawData, WebSocket } from 'ws';

export interface LineLimits {
  /** Bytes that wait for the reader before the socket is paused. */
  mostWaitingBytes: number;
  /** Between two pings. */
  pingMs: number;
  /** Silence after which the other side is taken for gone. */
  deadAfterMs: number;
}

const lineLimits: LineLimits = { mostWaitingBytes: 256 * 1024, pingMs: 30_000, deadAfterMs: 60_000 };

/** One question for all that goes out meanwhile; what answers a key is not behind it. */
const askAfterMs = 5;

/** How a line ended; `code` is the WebSocket's, 1006 for one that broke. */
export interface Closing {
  code: number;
  reason: string;
}

/**
 * An open WebSocket as one reader sees it: messages in order, as fast as they are taken and no faster.
 * Pings find a peer that is gone; while the reader is slow the socket is paused, and its silence says nothing.
 */
export class Line {
  readonly closed: Promise<Closing>;
  readonly #socket: WebSocket;
  readonly #limits: LineLimits;
  readonly #waiting: Buffer[] = [];
  /** What was sent since the last ping that asks for it, and what each ping asks for. */
  #unasked: PromiseWithResolvers[] = [];
  readonly #unconfirmed = new Map<string, PromiseWithResolvers[]>();
  #waitingBytes = 0;
  #closing: Closing | undefined;
  #wake: (() => void) | undefined;
  #heardAt = performance.now();
  #pings = 0;
  #isLeft = false;

  constructor(socket: WebSocket, limits: LineLimits = lineLimits) {
    this.#socket = socket;
    this.#limits = limits;
    const keepAlive = setInterval(() => this.#look(), limits.pingMs);
    keepAlive.unref();
    this.closed = new Promise((resolve) => {
      socket.once('close', (code: number, reason: Buffer) => {
        clearInterval(keepAlive);
        this.#closing = { code, reason: reason.toString() };
        for (const { reject } of [...this.#unconfirmed.values()].flat().concat(this.#unasked)) {
          reject(new Error('the line broke'));
        }
        this.#unconfirmed.clear();
        this.#wake?.();
        resolve(this.#closing);
      });
    });
    socket.on('error', () => undefined);
    socket.on('message', (data: RawData) => this.#take(toBuffer(data)));
    socket.on('pong', (data: Buffer) => this.#confirm(data.toString()));
    socket.on('ping', () => (this.#heardAt = performance.now()));
  }

  /** Whether something can be sent. */
  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** What goes out and is not on its way yet. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Resolves when the operating system has the bytes. Rejects when the line is gone: then they were not sent in full. */
  send(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(data, (failure) => (failure ? reject(failure) : resolve()));
    });
  }

  /**
   * As `send`, and resolves when the other side has read it: a pong answers what came before it. It rejects when that
   * can't be known any more.
   */
  async deliver(data: string): Promise<void> {
    const confirmed = withResolvers();
    confirmed.promise.catch(() => undefined);
    this.#socket.send(data, () => undefined);
    if (this.#unasked.push(confirmed) === 1) setTimeout(() => this.#askArrival(), askAfterMs);
    await confirmed.promise;
  }

  #askArrival(): void {
    const mark = `d${++this.#pings}`;
    this.#unconfirmed.set(mark, this.#unasked);
    this.#unasked = [];
    this.#socket.ping(mark, undefined, () => undefined);
  }

  /** Each message, until the line ends. */
  async *messages(): AsyncGenerator<Buffer, Closing> {
    for (;;) {
      const message = this.#waiting.shift();
      if (message) {
        this.#waitingBytes -= message.length;
        if (this.#socket.isPaused && this.#waitingBytes <= this.#limits.mostWaitingBytes / 2) this.#resume();
        yield message;
      } else if (this.#closing) return this.#closing;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** From here on `signal` ends it. */
  endWith(signal: AbortSignal | undefined): void {
    const end = (): void => this.terminate();
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
    void this.closed.then(() => signal?.removeEventListener('abort', end));
  }

  close(code = 1000): void {
    // A paused socket would never see the other side's half of the farewell.
    this.#isLeft = true;
    this.#resume();
    this.#socket.close(code);
  }

  /** Without a farewell. */
  terminate(): void {
    this.#socket.terminate();
  }

  #take(message: Buffer): void {
    this.#heardAt = performance.now();
    if (this.#isLeft) return;
    this.#waiting.push(message);
    this.#waitingBytes += message.length;
    if (this.#waitingBytes > this.#limits.mostWaitingBytes) this.#socket.pause();
    this.#wake?.();
  }

  #resume(): void {
    this.#heardAt = performance.now();
    this.#socket.resume();
  }

  #confirm(mark: string): void {
    this.#heardAt = performance.now();
    if (!this.#unconfirmed.has(mark)) return;
    for (const [earlier, sent] of this.#unconfirmed) {
      for (const { resolve } of sent) resolve();
      this.#unconfirmed.delete(earlier);
      if (earlier === mark) return;
    }
  }

  #look(): void {
    if (this.#socket.isPaused) return;
    if (performance.now() - this.#heardAt > this.#limits.deadAfterMs) this.#socket.terminate();
    else this.#socket.ping(undefined, undefined, () => undefined);
  }
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve: () => void;
  reject: (reason: Error) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: () => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
