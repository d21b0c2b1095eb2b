import { renameSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isProcessAlive } from '../process-alive';
import { actionFiles, endedName, nobody, ownerOf, runningName } from './file-names';
import { parseRecord, type ActionRecord } from './record';

/** An action as it was found. `followedBy`: the process whose window waits for its end; undefined when none does. */
export interface Found {
  readonly record: ActionRecord;
  readonly followedBy?: number;
}

export interface JournalOptions {
  readonly folder: string;
  /** The editor's process that writes, and whose end leaves its actions to others. */
  readonly processId: number;
  readonly redact: (text: string) => string;
}

/**
 * What was begun and how it ended, one file an action, shared by all windows. The name of a running action's file says
 * which process follows it; taking one over is a rename, which only one window can win.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #own = new Set<string>();
  #isReleased = false;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Resolves when it is on the disk. After `release` nothing is written: another window may have it. */
  async write(record: ActionRecord): Promise<void> {
    if (!this.#mayWrite()) return;
    const { folder, processId, redact } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = this.#path(`${record.id}.${processId}.draft`);
    await writeFile(draft, redact(JSON.stringify(record)), { mode: 0o600 });
    if (!this.#mayWrite()) return rm(draft, { force: true });
    if (record.end) {
      await rename(draft, this.#path(endedName(record.id)));
      this.#own.delete(record.id);
      await rm(this.#runningPath(record.id, processId), { force: true });
    } else {
      this.#own.add(record.id);
      await rename(draft, this.#runningPath(record.id, processId));
    }
  }

  /** All that is written down, newest first. */
  async all(): Promise<Found[]> {
    const found = await Promise.all((await this.#names()).map((name) => this.#read(name)));
    return found.filter((each) => each !== undefined).toSorted(byStart);
  }

  /** Those that nobody follows any more and that are `wanted`: they are this process's now. */
  async claim(wanted: (record: ActionRecord) => boolean): Promise<ActionRecord[]> {
    const claimed: ActionRecord[] = [];
    for (const name of await this.#names()) {
      const found = await this.#read(name);
      if (!found || found.record.end || found.followedBy !== undefined || !wanted(found.record)) continue;
      if (await this.#take(name, found.record)) claimed.push(found.record);
    }
    return claimed;
  }

  /** Forgets what has ended, but for the newest `keep`. */
  async forgetEnded(keep: number): Promise<void> {
    const gone = (await this.all()).filter(({ record }) => record.end).slice(keep);
    await Promise.all(gone.map(({ record }) => rm(this.#path(endedName(record.id)), { force: true })));
  }

  /** Leaves what is running to other windows, at once: this one is about to end. */
  release(): void {
    this.#isReleased = true;
    for (const id of this.#own) {
      try {
        renameSync(this.#runningPath(id, this.#options.processId), this.#runningPath(id, nobody));
      } catch {
        // It ended just now, or can't be written: then the end of this process leaves it to others.
      }
    }
  }

  /** `name` is the file's as nobody's: should it have another by now, another window was faster. */
  async #take(name: string, { id }: ActionRecord): Promise<boolean> {
    if (!this.#mayWrite() || this.#own.has(id)) return false;
    try {
      await rename(this.#path(name), this.#runningPath(id, this.#options.processId));
      this.#own.add(id);
      return true;
    } catch {
      return false;
    }
  }

  #mayWrite(): boolean {
    return !this.#isReleased;
  }

  async #names(): Promise<string[]> {
    return actionFiles(await readdir(this.#options.folder).catch(() => []));
  }

  async #read(name: string): Promise<Found | undefined> {
    const record = parseRecord(await readFile(this.#path(name), 'utf8').catch(() => ''));
    const owner = ownerOf(name) ?? nobody;
    return record && { record, ...(isProcessAlive(owner) && { followedBy: owner }) };
  }

  #path(name: string): string {
    return path.join(this.#options.folder, name);
  }

  #runningPath(id: string, owner: number): string {
    return this.#path(runningName(id, owner));
  }
}

function byStart(one: Found, other: Found): number {
  return other.record.startedAt - one.record.startedAt;
}
