import type { SecretStorageChangeEvent } from 'vscode';
import { watchFolder } from './activity/watch-folder';
import type { SecretEntries } from './credentials';
import { markName, newMark, readMarks, writeMark, type KeyChange, type KeyMark } from './key-marks';
import type { Subscription } from './observable';

export interface MarkedSecretsOptions {
  /** As `keyMarksFolder` gives it. */
  readonly folder: string;
  /** When this window began to read: what was marked before, it knows. Epoch milliseconds. */
  readonly since: number;
  /** What could not be marked is stored or deleted all the same; marks that can't be read tell nothing. */
  readonly onError: (error: unknown) => void;
}

type Listener = (change: SecretStorageChangeEvent) => unknown;

/**
 * The secret storage of an editor that reads it once a window and tells no other window of a change, as one hosted in
 * a browser does. Windows mark for one another that an entry changed: a key that another window deleted is none here,
 * and one that it stored is missed until the window is reloaded.
 */
export class MarkedSecrets implements SecretEntries, Subscription {
  readonly #secrets: SecretEntries;
  readonly #options: MarkedSecretsOptions;
  readonly #marks = new Map<string, KeyMark>();
  /** Each entry that was asked for, by its mark's name. */
  readonly #known = new Map<string, { readonly entry: string; text: string | undefined }>();
  readonly #changed = new Set<Listener>();
  readonly #missed = new Set<Listener>();
  readonly #watch: Subscription;
  /** One look after the other. */
  #looking: Promise<void>;

  constructor(secrets: SecretEntries, options: MarkedSecretsOptions) {
    this.#secrets = secrets;
    this.#options = options;
    this.#watch = watchFolder(options.folder, () => this.#look());
    this.#looking = this.#follow().catch(options.onError);
  }

  async get(entry: string): Promise<string | undefined> {
    await this.#looking;
    const text = await this.#secrets.get(entry);
    const name = markName(entry);
    this.#known.set(name, { entry, text });
    return this.#marks.get(name)?.change === 'deleted' ? undefined : text;
  }

  async store(entry: string, text: string): Promise<void> {
    const name = markName(entry);
    // The same again is no news, unless somebody else changed it meanwhile.
    const isNews = (await this.get(entry)) !== text || this.#marks.has(name);
    const mark = isNews ? this.#mark(entry, 'stored') : undefined;
    await this.#secrets.store(entry, text);
    this.#known.set(name, { entry, text });
    if (mark) await this.#write(entry, mark);
  }

  async delete(entry: string): Promise<void> {
    const mark = this.#mark(entry, 'deleted');
    await this.#secrets.delete(entry);
    await this.#write(entry, mark);
  }

  onDidChange(listener: Listener): Subscription {
    const own = this.#secrets.onDidChange(listener);
    this.#changed.add(listener);
    return {
      dispose: () => {
        own.dispose();
        this.#changed.delete(listener);
      },
    };
  }

  /** Another window stored what this one can't read. */
  onDidMiss(listener: Listener): Subscription {
    this.#missed.add(listener);
    return { dispose: () => void this.#missed.delete(listener) };
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #mark(entry: string, change: KeyChange): KeyMark {
    const mark = newMark(change);
    this.#marks.set(markName(entry), mark);
    return mark;
  }

  /** After the change itself, so that who reads the mark finds it. */
  async #write(entry: string, mark: KeyMark): Promise<void> {
    await writeMark(this.#options.folder, entry, mark).catch(this.#options.onError);
  }

  #look(): void {
    this.#looking = this.#looking.then(() => this.#follow()).catch(this.#options.onError);
  }

  async #follow(): Promise<void> {
    for (const [name, mark] of await readMarks(this.#options.folder, this.#options.onError)) {
      const before = this.#marks.get(name);
      if (mark.at < (before?.at ?? this.#options.since) || mark.revision === before?.revision) continue;
      this.#marks.set(name, mark);
      const known = this.#known.get(name);
      if (known) await this.#tell(known, mark.change).catch(this.#options.onError);
    }
  }

  async #tell(
    { entry, text }: { entry: string; text: string | undefined },
    change: KeyChange,
  ): Promise<void> {
    const isMissed = change === 'stored' && (await this.#secrets.get(entry)) === text;
    for (const listener of [...(isMissed ? this.#missed : this.#changed)]) listener({ key: entry });
  }
}
