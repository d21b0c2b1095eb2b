import type { FileStat } from '../../api/files/file-reply';
import type { FileFacts } from './stat';

interface Known {
  readonly facts: FileFacts;
  readonly etag: string | undefined;
  /** When the sandbox's programs told it. */
  readonly at: number;
}

/** A changed mode or link is seen after so long at the latest. */
const keptMs = 60_000;
const mostKept = 1000;

/**
 * What was told of files, so that a file's head, which is cheaper than a program in the sandbox, is enough to tell it
 * again: of the same state the same, of another its size and time, which the head has in whole seconds.
 */
export class KnownFacts {
  readonly #known = new Map<string, Known>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Whether a head is enough. */
  has(key: string): boolean {
    const known = this.#known.get(key);
    return known !== undefined && this.#now() - known.at < keptMs;
  }

  learn(key: string, facts: FileFacts): void {
    if (facts.kind !== 'file') return;
    this.#known.delete(key);
    this.#known.set(key, { facts, etag: undefined, at: this.#now() });
    if (this.#known.size > mostKept) this.#known.delete([...this.#known.keys()][0] ?? '');
  }

  /** What the head says together with what was known; undefined where a program has to be asked. */
  withHead(key: string, { etag, size, lastModified }: FileStat): FileFacts | undefined {
    const known = this.#known.get(key);
    if (!known || !this.has(key) || etag === undefined || size === undefined) return undefined;
    const seconds = Date.parse(lastModified ?? '');
    const isSame =
      known.etag === etag ||
      (known.etag === undefined && size === known.facts.size && seconds === floored(known.facts.modifiedAt));
    if (!isSame && Number.isNaN(seconds)) return undefined;
    const facts = isSame ? known.facts : { ...known.facts, size, modifiedAt: seconds };
    this.#known.set(key, { ...known, facts, etag });
    return facts;
  }

  forget(key: string): void {
    this.#known.delete(key);
  }

  forgetAll(): void {
    this.#known.clear();
  }
}

function floored(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
