import { ApiError } from '../errors';
import type { Line } from '../network/line';
import type { ClientFrame } from '../wire/command-frames';

/** Characters of one frame, and of all whose arrival is not known: what waits goes together, a long paste in pieces. */
const mostAtOnce = 32 * 1024;
const mostUnderWay = 64 * 1024;

/** One call of `write`. */
interface Writing {
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/** A piece of it. */
interface Letter {
  data: string;
  isLast: boolean;
  writing: Writing;
}

/**
 * What goes to a command: kept until a connection stands and the command has been reached on it.
 * Kill, the end of standard input and the terminal's size are said again on each connection, for they may be said twice.
 * Input may not: what was under way when a connection broke is told to its writer as `ambiguous`.
 */
export class Outbox {
  readonly #path: string;
  #letters: Letter[] = [];
  #line: Line | undefined;
  #isKilled = false;
  #isInputClosed = false;
  /** Where the end of the input was said last. */
  #closedOn: Line | undefined;
  #size: { cols: number; rows: number } | undefined;
  #isOver = false;
  readonly #underWay = new Set<Letter[]>();

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

  /** The command has ended by itself: what it did not read is of no use to it any more. */
  conclude(reason: unknown): void {
    for (const { writing } of [...this.#underWay].flat()) writing.resolve();
    this.end(reason);
  }

  /** It was given up: what was not sent never will be. */
  end(reason: unknown): void {
    this.#isOver = true;
    this.detach();
    for (const { writing } of this.#letters.splice(0)) writing.reject(reason);
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

  /** Resolves when the other side has it, or needs it no more. */
  write(data: string): Promise<void> {
    if (this.#isOver || this.#isInputClosed) {
      return Promise.reject(this.#refusal(this.#isOver ? 'The command has ended' : 'The input is closed'));
    }
    return new Promise((resolve, reject) => {
      const writing = { resolve, reject };
      const pieces = piecesOf(data);
      for (const [index, piece] of pieces.entries()) {
        this.#letters.push({ data: piece, isLast: index === pieces.length - 1, writing });
      }
      if (this.#line) this.#sendLetters(this.#line);
    });
  }

  /** In order, the end of the input last. Some is under way at a time: the rest waits for the other side to have read it. */
  #sendLetters(line: Line): void {
    while (this.#line === line && line.isOpen && this.#letters.length > 0) {
      if (lengthOf(...this.#underWay) >= mostUnderWay) return;
      void this.#deliver(line, this.#takeBundle());
    }
    if (!this.#isInputClosed || this.#letters.length > 0 || this.#closedOn === line) return;
    this.#closedOn = line;
    this.#say({ type: 'close_stdin' });
  }

  async #deliver(line: Line, bundle: Letter[]): Promise<void> {
    const data = bundle.map((letter) => letter.data).join('');
    this.#underWay.add(bundle);
    try {
      await line.deliver(JSON.stringify({ type: 'input', data } satisfies ClientFrame));
      for (const { isLast, writing } of bundle) if (isLast) writing.resolve();
    } catch (cause) {
      const facts = { kind: 'ambiguous', method: 'GET', path: this.#path } as const;
      const failure = new ApiError('The connection broke; the input may or may not have arrived', facts, {
        cause,
      });
      this.#drop(new Set(bundle.map(({ writing }) => writing)), failure);
    } finally {
      this.#underWay.delete(bundle);
      if (this.#line) this.#sendLetters(this.#line);
    }
  }

  /** What is left of them is not sent: without what comes before it, it is not what was meant. */
  #drop(writings: ReadonlySet<Writing>, failure: ApiError): void {
    this.#letters = this.#letters.filter(({ writing }) => !writings.has(writing));
    for (const { reject } of writings) reject(failure);
  }

  /** One letter at least. */
  #takeBundle(): Letter[] {
    let length = 0;
    let count = 0;
    for (const { data } of this.#letters) {
      length += data.length;
      if (count > 0 && length > mostAtOnce) break;
      count += 1;
    }
    return this.#letters.splice(0, count);
  }

  #say(frame: ClientFrame): void {
    this.#line?.send(JSON.stringify(frame)).catch(() => undefined);
  }

  #refusal(message: string): ApiError {
    return new ApiError(message, { kind: 'invalid', method: 'GET', path: this.#path });
  }
}

function lengthOf(...bundles: Letter[][]): number {
  return bundles.flat().reduce((sum, { data }) => sum + data.length, 0);
}

/** No character is cut in two: a server may take each frame's text by itself. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length || start === 0;) {
    const end = start + mostAtOnce;
    const isCut = isHighSurrogate(text.charCodeAt(end - 1));
    const next = end < text.length && isCut ? end - 1 : end;
    pieces.push(text.slice(start, next));
    start = next;
  }
  return pieces;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
