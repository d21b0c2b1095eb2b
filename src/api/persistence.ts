import { ApiError } from './errors';
import { Nudge } from './nudge';

export interface PersistenceLimits {
  /** Tries in a row that lead nowhere. */
  mostTries: number;
  /** For all tries in a row, their pauses included. */
  budgetMs: number;
  firstPauseMs: number;
  /** A machine that is offline, or has slept, finds no host and no way to it: with this, that passes as well. */
  outlastsOffline?: boolean;
}

export const persistence: PersistenceLimits = { mostTries: 5, budgetMs: 120_000, firstPauseMs: 500 };

/** For what is to outlive the night: it ends with its signal alone, or with a refusal. */
export const endlessPersistence: PersistenceLimits = {
  mostTries: Number.POSITIVE_INFINITY,
  budgetMs: Number.POSITIVE_INFINITY,
  firstPauseMs: 500,
  outlastsOffline: true,
};

const longestPauseMs = 8_000;
const passing = new Set([429, 500, 502, 503, 504]);

/** Counts the tries to reach something over a connection that breaks, and says when to give up. */
export class Persistence {
  readonly #limits: PersistenceLimits;
  readonly #nudge: Nudge;
  #tries = 0;
  #since = performance.now();
  #isReached = false;
  #reloadedAt = Number.NEGATIVE_INFINITY;

  /** `nudge` ends the pauses between tries. */
  constructor(limits: PersistenceLimits = persistence, nudge = new Nudge()) {
    this.#limits = limits;
    this.#nudge = nudge;
  }

  get leftMs(): number {
    return this.#since + this.#limits.budgetMs - performance.now();
  }

  /** It was reached. */
  reset(): void {
    this.#tries = 0;
    this.#isReached = true;
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
    // What was reached before begins a new row of tries now; the first row began with its first try.
    if (this.#isReached) this.#since = performance.now();
    this.#isReached = false;
    this.#tries++;
    if (this.#tries > this.#limits.mostTries || !mayPass(failure, this.#limits)) throw failure;
    if (isReload && this.#isFirstReload()) return;
    const rampMs = Math.min(longestPauseMs, this.#limits.firstPauseMs * 2 ** (this.#tries - 1));
    const asked = failure instanceof ApiError ? failure.retryAfterMs : undefined;
    const pauseMs = asked ?? rampMs * (0.8 + Math.random() / 5);
    if (pauseMs >= this.leftMs) throw failure;
    await this.#nudge.pause(pauseMs, signal);
  }

  #isFirstReload(): boolean {
    const before = this.#reloadedAt;
    this.#reloadedAt = performance.now();
    return this.#reloadedAt - before > this.#limits.firstPauseMs;
  }
}

function mayPass(failure: unknown, { outlastsOffline = false }: PersistenceLimits): boolean {
  if (!(failure instanceof ApiError)) return false;
  if (failure.status !== undefined) return passing.has(failure.status);
  if (failure.kind === 'ambiguous' || failure.kind === 'deadline') return true;
  const obstacle = failure.obstacle?.problem;
  return (
    obstacle === 'no-server' || (outlastsOffline && obstacle !== undefined && obstacle !== 'certificate')
  );
}
