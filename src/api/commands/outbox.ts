import { ApiError } from '../errors';
import { NotSent, type Line } from '../network/line';
import type { ClientFrame } from '../wire/command-frames';

interface Letter {
  data: string;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * What goes to a command: kept until a connection stands and the command has been reached on it.
 * Kill, the end of standard input and the terminal's size are said again on each connection, for they may be said twice.
 * Input may not: what was under way when a connection broke is told to its writer as `ambiguous`.
 */
export class Outbox {
  readonly #path: string;
  readonly #letters: Letter[] = [];
  #line: Line | undefined;
  #isKilled = false;
  #isInputClosed = false;
  #size: { cols: number; rows: number } | undefined;
  #isOver = false;
  #sending = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  /** The command has been reached on `line`. */
  attach(line: Line): void {
    if (this.#line === line) return;
    this.#line = line;
    if (this.#size) this.#say({ type: 'resize', ...this.#size });
    if (this.#isKilled) this.#say({ type: 'kill' });
    this.#sendLetters(line);
  }

  detach(): void {
    this.#line = undefined;
  }

  /** The command has ended, or was given up: what was not sent never will be. */
  end(reason: unknown): void {
    this.#isOver = true;
    this.detach();
    for (const letter of this.#letters.splice(0)) letter.reject(reason);
  }

  kill(): void {
    this.#isKilled = true;
    this.#say({ type: 'kill' });
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols, rows };
    this.#say({ type: 'resize', cols, rows });
  }

  closeInput(): void {
    this.#isInputClosed = true;
    if (this.#line) this.#sendLetters(this.#line);
  }

  /** Resolves when the other side has it. */
  write(data: string): Promise<void> {
    if (this.#isOver || this.#isInputClosed) {
      return Promise.reject(this.#refusal(this.#isOver ? 'The command has ended' : 'The input is closed'));
    }
    return new Promise((resolve, reject) => {
      this.#letters.push({ data, resolve, reject });
      if (this.#line) this.#sendLetters(this.#line);
    });
  }

  /** In order, the end of the input last. */
  #sendLetters(line: Line): void {
    this.#sending = this.#sending.then(async () => {
      while (this.#line === line && this.#letters.length > 0) await this.#sendLetter(line);
      if (this.#line === line && this.#isInputClosed) this.#say({ type: 'close_stdin' });
    });
  }

  async #sendLetter(line: Line): Promise<void> {
    const letter = this.#letters.shift();
    if (!letter) return;
    try {
      await line.deliver(JSON.stringify({ type: 'input', data: letter.data } satisfies ClientFrame));
      letter.resolve();
    } catch (cause) {
      if (cause instanceof NotSent && !this.#isOver) {
        this.#letters.unshift(letter);
        if (this.#line === line) this.detach();
        return;
      }
      const facts = { kind: 'ambiguous', method: 'GET', path: this.#path } as const;
      letter.reject(
        new ApiError('The connection broke; the input may or may not have arrived', facts, { cause }),
      );
    }
  }

  #say(frame: ClientFrame): void {
    this.#line?.send(JSON.stringify(frame)).catch(() => undefined);
  }

  #refusal(message: string): ApiError {
    return new ApiError(message, { kind: 'invalid', method: 'GET', path: this.#path });
  }
}
