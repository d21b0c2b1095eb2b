import type { OutputStream } from '../wire/command-frames';

export interface OutputChunk {
  stream: OutputStream;
  data: string;
  /** The server's, of the frame that `data` ends; what is asked for again after a broken connection may start later. */
  offset: number;
  /** Bytes of the command's output before `data` that were lost while there was no connection; 0 as a rule. */
  missing: number;
}

/** Characters that wait for the reader before the writer has to. */
const mostWaiting = 256 * 1024;

/** Output between the connection and one reader: it holds a bounded amount, and `push` waits while it is full. */
export class OutputChannel {
  #waiting: OutputChunk[] = [];
  #length = 0;
  #isOver = false;
  #failure: unknown;
  #isDiscarding = false;
  #isRead = false;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;

  async push(chunk: OutputChunk, signal: AbortSignal): Promise<void> {
    if (this.#isDiscarding || this.#isOver) return;
    this.#waiting.push(chunk);
    this.#length += chunk.data.length;
    this.#wakeReader?.();
    if (this.#length < mostWaiting) return;
    const wake = (): void => this.#wakeWriter?.();
    signal.addEventListener('abort', wake, { once: true });
    await new Promise<void>((resolve) => {
      this.#wakeWriter = resolve;
      if (signal.aborted) resolve();
    });
    signal.removeEventListener('abort', wake);
  }

  end(): void {
    this.#isOver = true;
    this.#wakeReader?.();
  }

  fail(failure: unknown): void {
    this.#failure = failure;
    this.end();
  }

  /** Output that nobody has begun to read is dropped, and what follows as well. */
  discardUnread(): void {
    if (!this.#isRead) this.#discard();
  }

  /** What there is, then the failure if there was one. A reader that stops early lets the rest go. */
  async *read(): AsyncGenerator<OutputChunk, void> {
    if (this.#isRead) throw new Error('The output of a command has one reader');
    this.#isRead = true;
    try {
      for (;;) {
        const chunk = this.#waiting.shift();
        if (chunk) {
          this.#length -= chunk.data.length;
          if (this.#length < mostWaiting) this.#wakeWriter?.();
          yield chunk;
        } else if (this.#failure !== undefined) throw this.#failure as Error;
        else if (this.#isOver) return;
        else await new Promise<void>((resolve) => (this.#wakeReader = resolve));
      }
    } finally {
      this.#discard();
    }
  }

  #discard(): void {
    this.#isDiscarding = true;
    this.#waiting = [];
    this.#length = 0;
    this.#wakeWriter?.();
  }
}
