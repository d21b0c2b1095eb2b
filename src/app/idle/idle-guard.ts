import { getBox } from '../../api/boxes';
import type { Box } from '../../api/types';
import type { Session } from '../session';
import { idleStopAt, toleranceMs, wasStoppedForIdleness } from './idle-stop';
import type { Uses } from './uses';

export interface IdleGuardOptions {
  readonly session: () => Session | undefined;
  /** Ids of the sandboxes that the user would miss: those with an open terminal or an unsaved file. */
  readonly guarded: () => ReadonlySet<string>;
  readonly uses: Uses;
  /** It is stopped so many milliseconds from now. Told once for each stop to come. */
  readonly onSoon: (session: Session, box: Box, leftMs: number) => void;
  readonly onStopped: (session: Session, box: Box) => void;
  readonly onError: (error: unknown) => void;
}

/** How long before a stop it is told of. */
export const warnBeforeMs = 120_000;
const callPatience = { timeoutMs: 10_000 };
/** A sandbox that others keep in use, or that never stops by itself, is looked at again after so long. */
const calmMs = 300_000;
/** After a look that failed. */
const soonMs = 30_000;

interface Watched {
  lookAt: number;
  /** The stop that was told of: one to come, or one that has been. */
  toldOf?: number | string | null;
  /** When it stops unless it is used, as of the last look. */
  stopAt?: number;
}

/**
 * Looks after sandboxes that are about to be stopped for want of use. It asks the server about one when its stop may be
 * near, and for nothing else; such looks are no use of a sandbox.
 */
export class IdleGuard {
  readonly #options: IdleGuardOptions;
  readonly #watched = new Map<string, Watched>();
  #looking: Promise<void> | undefined;

  constructor(options: IdleGuardOptions) {
    this.#options = options;
  }

  /** To be called every few seconds; `now` in epoch milliseconds. One look at a time. Never rejects. */
  look(now = Date.now()): Promise<void> {
    this.#looking ??= this.#lookAll(now)
      .catch(this.#options.onError)
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookAll(now: number): Promise<void> {
    const session = this.#options.session();
    const guarded = session ? this.#options.guarded() : new Set<string>();
    for (const [id, watched] of [...this.#watched]) {
      if (guarded.has(id)) continue;
      this.#watched.delete(id);
      // A terminal ends with the stop, and may be gone before that was seen.
      const { stopAt = Infinity } = watched;
      if (session && now >= stopAt - toleranceMs) await this.#lookAt(session, id, watched, now);
    }
    for (const id of guarded) {
      const watched = this.#watched.get(id) ?? { lookAt: now };
      this.#watched.set(id, watched);
      if (session && now >= watched.lookAt) await this.#lookAt(session, id, watched, now);
    }
  }

  async #lookAt(session: Session, id: string, watched: Watched, now: number): Promise<void> {
    const { uses, onSoon, onStopped } = this.#options;
    watched.lookAt = now + soonMs;
    const box = await getBox(session.transport, id, { ...callPatience, signal: session.ended });
    session.inventory.boxes.upsert(box); // Its row must not say otherwise than what is told of it.
    watched.lookAt = now + calmMs;
    const usedAt = uses.of(id);
    if (wasStoppedForIdleness(box, usedAt) && watched.toldOf !== box.stopped_at) {
      watched.toldOf = box.stopped_at;
      onStopped(session, box);
    }
    const stopAt = idleStopAt(box, usedAt);
    watched.stopAt = stopAt;
    if (stopAt === undefined) return;
    const leftMs = stopAt - now;
    if (leftMs > warnBeforeMs) watched.lookAt = now + leftMs - warnBeforeMs;
    else {
      watched.lookAt = now + Math.max(leftMs, 0) + 1_000;
      if (leftMs > 0 && watched.toldOf !== stopAt) onSoon(session, box, leftMs);
      watched.toldOf = stopAt;
    }
  }
}
