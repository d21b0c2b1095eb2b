import { pause } from './deadline';
import { ApiError } from './errors';

export interface PersistenceLimits {
  /** Tries in a row that lead nowhere. */
  mostTries: number;
  /** For all tries in a row, their pauses included. */
  budgetMs: number;
  firstPauseMs: number;
}

export const persistence: PersistenceLimits = { mostTries: 5, budgetMs: 120_000, firstPauseMs: 500 };

const longestPauseMs = 8_000;
const passing = new Set([429, 500, 502, 503, 504]);

/** Counts the tries to reach something over a connection that breaks, and says when to give up. */
export class Persistence {
  readonly #limits: PersistenceLimits;
  #tries = 0;
  #since = performance.now();
  #reloadedAt = Number.NEGATIVE_INFINITY;

  constructor(limits: PersistenceLimits = persistence) {
    this.#limits = limits;
  }

  get leftMs(): number {
    return this.#since + this.#limits.budgetMs - performance.now();
  }

  /** It was reached. */
  reset(): void {
    this.#tries = 0;
    this.#since = performance.now();
  }

  /**
   * Resolves when the next try may begin: at once when `isReload` (a server that reloads over and over is paused for), after the server's `Retry-After` where there is one.
   * @throws the failure itself when there is no sense in trying again
   */
  async next(
    failure: unknown,
    { isReload = false, signal }: { isReload?: boolean; signal: AbortSignal },
  ): Promise<void> {
    signal.throwIfAborted();
    if (this.#tries === 0) this.#since = performance.now();
    this.#tries++;
    if (this.#tries > this.#limits.mostTries || !mayPass(failure)) throw failure;
    if (isReload && this.#isFirstReload()) return;
    const rampMs = Math.min(longestPauseMs, this.#limits.firstPauseMs * 2 ** (this.#tries - 1));
    const asked = failure instanceof ApiError ? failure.retryAfterMs : undefined;
    const pauseMs = asked ?? rampMs * (0.8 + Math.random() / 5);
    if (pauseMs >= this.leftMs) throw failure;
    await pause(pauseMs, signal);
  }

  #isFirstReload(): boolean {
    const before = this.#reloadedAt;
    this.#reloadedAt = performance.now();
    return this.#reloadedAt - before > this.#limits.firstPauseMs;
  }
}

function mayPass(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  if (failure.status !== undefined) return passing.has(failure.status);
  return (
    failure.kind === 'ambiguous' || failure.kind === 'deadline' || failure.obstacle?.problem === 'no-server'
  );
}
