import type { FileStat } from '../../api/files/file-reply';
import type { headOf } from './read';

type Head = Awaited<ReturnType<typeof headOf>>;

/** The editor looks right before each save and right after it, as the save itself does. */
const freshMs = 150;

/** Heads of files that were just looked at, each of which spares one more look. */
export class FreshHeads {
  readonly #heads = new Map<string, { head: FileStat; at: number }>();
  readonly #now: () => number;
  #changes = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** What was just seen, or what `ask` gives. */
  async look(key: string, ask: () => Promise<Head>): Promise<Head> {
    return this.take(key) ?? this.ask(key, ask);
  }

  /** What `ask` gives, which spares the next look. */
  async ask(key: string, ask: () => Promise<Head>): Promise<Head> {
    const before = this.#changes;
    const head = await ask();
    if (typeof head === 'object' && before === this.#changes) this.#keep(key, head);
    return head;
  }

  /** Something was changed: what was seen or asked before it is not fresh. */
  changed(): void {
    this.#changes++;
    this.#heads.clear();
  }

  /** What was just seen, for once. */
  take(key: string): FileStat | undefined {
    const kept = this.#heads.get(key);
    this.#heads.delete(key);
    return kept && this.#isFresh(kept.at) ? kept.head : undefined;
  }

  #keep(key: string, head: FileStat): void {
    for (const [other, { at }] of this.#heads) if (!this.#isFresh(at)) this.#heads.delete(other);
    this.#heads.set(key, { head, at: this.#now() });
  }

  #isFresh(at: number): boolean {
    return this.#now() - at < freshMs;
  }
}
