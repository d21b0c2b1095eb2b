import { ApiError } from '../api/errors';
import type { Snapshot } from '../api/types';
import { Observable, type Observed } from './observable';

/**
 * Names of the snapshots that sandboxes stand on, for those that no loaded page holds. Each is asked for once;
 * undefined while it is not known, null when the snapshot is gone.
 */
export class SnapshotNames {
  readonly #get: (id: string) => Promise<Snapshot>;
  readonly #names = new Observable<ReadonlyMap<string, string | null>>(new Map());
  readonly #asked = new Set<string>();
  #queue: Promise<void> = Promise.resolve();

  constructor(get: (id: string) => Promise<Snapshot>) {
    this.#get = get;
  }

  get names(): Observed<ReadonlyMap<string, string | null>> {
    return this.#names;
  }

  learn(snapshots: readonly Snapshot[]): void {
    const unknown = snapshots.filter(({ id, name }) => this.#names.value.get(id) !== name);
    if (unknown.length === 0) return;
    this.#names.set(new Map([...this.#names.value, ...unknown.map(({ id, name }) => [id, name] as const)]));
  }

  /** Asks the server for those not known yet, one after the other. */
  want(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#names.value.has(id) || this.#asked.has(id)) continue;
      this.#asked.add(id);
      this.#queue = this.#queue.then(() => this.#ask(id));
    }
  }

  async #ask(id: string): Promise<void> {
    if (this.#names.value.has(id)) return;
    try {
      this.learn([await this.#get(id)]);
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'not-found') {
        this.#names.set(new Map(this.#names.value).set(id, null));
      } else {
        this.#asked.delete(id);
      }
    }
  }
}
