import { ApiError } from '../../api/errors';

/** Milliseconds between two times something is asked for. */
export interface Rhythm {
  readonly usualMs: number;
  /** After the first failure of a server that answers; doubled with each one that follows. */
  readonly failingMs: number;
  /** As `failingMs`, for a server that can't be reached: it may be back any moment. */
  readonly awayMs: number;
  readonly slowestMs: number;
}

/** How soon something may be asked for again: more slowly while that fails, and never before the server's `Retry-After`. */
export class Pace {
  readonly #rhythm: Rhythm;
  #failures = 0;
  #isAway = false;
  #quietUntil = 0;

  constructor(rhythm: Rhythm) {
    this.#rhythm = rhythm;
  }

  /** From now on. */
  get delayMs(): number {
    const { usualMs, failingMs, awayMs, slowestMs } = this.#rhythm;
    const firstMs = this.#isAway ? awayMs : failingMs;
    const ownMs = this.#failures === 0 ? usualMs : firstMs * 2 ** (this.#failures - 1);
    return Math.max(Math.min(slowestMs, ownMs), this.#quietUntil - performance.now());
  }

  /** Whether the last time failed. */
  get isSlowed(): boolean {
    return this.#failures > 0;
  }

  /** Whether the server asked to be left alone at this moment. */
  get isHeldBack(): boolean {
    return this.#quietUntil > performance.now();
  }

  succeeded(): void {
    this.#failures = 0;
    this.#quietUntil = 0;
  }

  failed(error: unknown): void {
    this.#failures = Math.min(this.#failures + 1, mostDoublings);
    this.#isAway = error instanceof ApiError && isAway(error);
    const retryAfterMs = error instanceof ApiError ? error.retryAfterMs : undefined;
    this.#quietUntil = retryAfterMs === undefined ? 0 : performance.now() + retryAfterMs;
  }
}

const mostDoublings = 20;

function isAway({ kind }: ApiError): boolean {
  return kind === 'unreachable' || kind === 'ambiguous' || kind === 'deadline';
}
