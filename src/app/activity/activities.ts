import { randomUUID } from 'node:crypto';
import { Observable, type Observed } from '../observable';
import type { Run } from '../outcome';
import { isSameTarget, type Target } from '../target';
import { withItem } from './items';
import type { Found, Journal } from './journal';
import { withStep, type ActionRecord, type End } from './record';
import { watchFolder } from './watch-folder';

/** A running action, told of by whoever runs it. */
export interface Followed {
  /** The same run, whose steps and makings are written down. */
  follow(run: Run): Run;
  /** Resolves when it is written down, so that nobody tells of the end twice. */
  end(end: Omit<End, 'at'>): Promise<void>;
}

export interface ActivitiesOptions {
  readonly journal: Journal;
  readonly folder: string;
  /** What could not be written down is still done. */
  readonly onError: (error: unknown) => void;
}

const keptEnded = 30;
/** Steps in between are written together: the newest says it all. */
const writeEveryMs = 1_000;

/** What is under way and what was lately, in all windows; newest first. */
export class Activities {
  readonly #options: ActivitiesOptions;
  readonly #all = new Observable<readonly Found[]>([]);
  readonly #writing = new Map<string, Promise<unknown>>();
  #looking: Promise<void> | undefined;
  #looksAgain = false;

  constructor(options: ActivitiesOptions) {
    this.#options = options;
  }

  get all(): Observed<readonly Found[]> {
    return this.#all;
  }

  find(id: string): Found | undefined {
    return this.#all.value.find(({ record }) => record.id === id);
  }

  /** Resolves when it is written down. `resourceId`: of what is there already. */
  async begin(
    action: Pick<ActionRecord, 'verb' | 'name' | 'target' | 'resourceId' | 'several'>,
  ): Promise<Followed> {
    const record: ActionRecord = { ...action, id: randomUUID(), startedAt: Date.now(), lines: [] };
    await this.#write(record);
    return this.goOn(record);
  }

  /** One that this window has claimed. */
  goOn(claimed: ActionRecord): Followed {
    let record = claimed;
    let timer: NodeJS.Timeout | undefined;
    const write = (): Promise<void> => {
      clearTimeout(timer);
      timer = undefined;
      return this.#write(record);
    };
    const change = (changed: ActionRecord): void => {
      if (changed === record) return;
      record = changed;
      timer ??= setTimeout(() => void write(), writeEveryMs);
    };
    return {
      follow: (run) => ({
        signal: run.signal,
        onStep: (step) => {
          change(withStep(record, step, Date.now()));
          run.onStep(step);
        },
        onMade: (made) => {
          record = { ...record, resourceId: made.id };
          void write();
          run.onMade?.(made);
        },
        onItem: async (item) => {
          change(withItem(record, item));
          if (item.state === 'asked' || item.madeId) await write();
        },
      }),
      end: async (end) => {
        record = { ...record, end: { ...end, at: Date.now() } };
        await write();
        await this.#attempt(() => this.#options.journal.forgetEnded(keptEnded));
      },
    };
  }

  /** What windows that are gone have begun on `target` and left unfinished: this one has it to tell now. */
  async claim(target: Target): Promise<ActionRecord[]> {
    const claimed = await this.#attempt(() =>
      this.#options.journal.claim((record) => isSameTarget(record.target, target)),
    );
    if (claimed?.length) await this.look();
    return claimed ?? [];
  }

  /** Whether something unfinished waits for a window that follows it on `target`. */
  async hasUnfinished(target: Target): Promise<boolean> {
    await this.look();
    return this.#all.value.some(
      ({ record, followedBy }) =>
        !record.end && followedBy === undefined && isSameTarget(record.target, target),
    );
  }

  async forgetEnded(): Promise<void> {
    await this.#attempt(() => this.#options.journal.forgetEnded(0));
    await this.look();
  }

  /** Reads what all windows have written. Calls while one is under way share the next. */
  look(): Promise<void> {
    if (this.#looking) {
      this.#looksAgain = true;
      return this.#looking;
    }
    this.#looking = this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Keeps `all` as other windows write it, until it is disposed. */
  watch(): { dispose(): void } {
    void this.look();
    return watchFolder(this.#options.folder, () => void this.look());
  }

  async #look(): Promise<void> {
    this.#looksAgain = false;
    const found = await this.#attempt(() => this.#options.journal.all());
    if (found) this.#all.set(found);
    return this.#isAsked() ? this.#look() : undefined;
  }

  #isAsked(): boolean {
    return this.#looksAgain;
  }

  /** One after the other for each action, so that the newest stays. */
  async #write(record: ActionRecord): Promise<void> {
    const before = this.#writing.get(record.id) ?? Promise.resolve();
    const writing = before.then(() => this.#attempt(() => this.#options.journal.write(record)));
    this.#writing.set(record.id, writing);
    await writing;
    if (record.end) this.#writing.delete(record.id);
    await this.look();
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#options.onError(error);
      return undefined;
    }
  }
}
