import { Pace, type Rhythm } from './pace';

export interface Work {
  /** Whether there is anything to ask for. Looked at before each round; without it nothing is scheduled. */
  readonly isDue: () => boolean;
  /** One round. Rejects with what the server said no with. */
  readonly run: () => Promise<void>;
}

/** Does a piece of work again and again, one round at a time, while there is something to do. */
export class Loop {
  readonly pace: Pace;
  readonly #work: Work;
  #timer: NodeJS.Timeout | undefined;
  #running = 0;
  #isDisposed = false;

  constructor(rhythm: Rhythm, work: Work) {
    this.pace = new Pace(rhythm);
    this.#work = work;
  }

  /** To be called when there may be something to do that there was not. */
  wake(): void {
    if (this.#timer !== undefined || this.#running > 0 || this.#isDisposed || !this.#work.isDue()) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#work.isDue()) void this.#round(this.#work.run);
    }, this.pace.delayMs);
  }

  /** Does `run` at once, in place of the round that was to come; beside the one that is under way, if there is one. */
  take(run: () => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#round(run);
  }

  /** The server answers again: there is no reason left to wait longer than usual, unless it asked for that. */
  recover(): void {
    if (!this.pace.isSlowed || this.pace.isHeldBack) return;
    this.pace.succeeded();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.wake();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  async #round(run: () => Promise<void>): Promise<void> {
    this.#running++;
    try {
      await run();
      this.pace.succeeded();
    } catch (error) {
      this.pace.failed(error);
    } finally {
      this.#running--;
    }
    this.wake();
  }
}
