import type { Connection } from '../connection';
import { failureOf } from '../failure';
import { Observable, type Observed, type Subscription } from '../observable';
import { followBoxes } from '../services/follow-boxes';
import type { Session } from '../session';
import type { FileChange, FileChanges } from './file-changes';
import { isAtOrBelow } from './file-place';
import type { FileAt, SandboxFiles } from './sandbox-files';
import { folderKey, inOrder, isTouched, unreadFolder, type ShownFolder } from './shown-folder';

/** A folder that was read when it was drawn is not read once more because it was opened. */
const freshMs = 1_000;

/**
 * The folders of sandboxes that somebody looks at. They are read when asked for, never by a clock: a look into a sandbox
 * keeps it from being stopped for idleness. What may have changed is read once it is drawn again. What is known goes
 * when the sandbox stops or the connection changes.
 */
export class ShownFolders {
  readonly #files: Pick<SandboxFiles, 'list'>;
  readonly #current: Observed<Connection>;
  readonly #following: readonly Subscription[];
  readonly #all = new Observable<ReadonlyMap<string, ShownFolder>>(new Map());
  readonly #readings = new Map<string, Promise<void>>();
  #session: Session | undefined;

  constructor(
    files: Pick<SandboxFiles, 'list'>,
    changes: Pick<FileChanges, 'last'>,
    current: Observed<Connection>,
  ) {
    this.#files = files;
    this.#current = current;
    this.#following = [
      followBoxes(current, () => this.#forgetOthers()),
      changes.last.subscribe((changed) => this.#take(changed)),
    ];
  }

  /** By `folderKey`; those that nobody has asked for are not here. */
  get all(): Observed<ReadonlyMap<string, ShownFolder>> {
    return this.#all;
  }

  /** Reads it unless it is known as it is, or failed to be read. A reading that is under way is joined. Never rejects. */
  async want(at: FileAt): Promise<void> {
    const folder = this.#all.value.get(folderKey(at));
    const { session } = this.#current.value;
    if (!session || (folder && !folder.isStale)) return;
    const reading = this.#readings.get(folderKey(at)) ?? this.#read(session, at);
    this.#readings.set(folderKey(at), reading);
    await reading;
  }

  /** The user has opened it, with what was open below it before. */
  opened(at: FileAt, now = Date.now()): void {
    this.#call((each) => {
      const isFresh = each.known && now - each.known.readAt < freshMs;
      return isAtOrBelow(each.at, at) && !each.isReading && !isFresh;
    });
  }

  /** What is known below it is old; without it, all. */
  refresh(at?: FileAt): void {
    this.#call((each) => !at || isAtOrBelow(each.at, at));
  }

  /** As many again. */
  showMore(at: FileAt): void {
    const folder = this.#all.value.get(folderKey(at));
    if (folder) this.#put({ ...folder, most: 2 * folder.most });
  }

  /** As far as they are known. */
  namesIn(at: FileAt): ReadonlySet<string> {
    return new Set(this.#all.value.get(folderKey(at))?.known?.entries.map(({ name }) => name));
  }

  dispose(): void {
    for (const following of this.#following) following.dispose();
  }

  async #read(session: Session, at: FileAt): Promise<void> {
    const key = folderKey(at);
    const before = (): ShownFolder => this.#all.value.get(key) ?? unreadFolder(at);
    this.#put({ ...before(), isReading: true, isStale: false });
    let read: Pick<ShownFolder, 'known' | 'failure'>;
    try {
      const { entries, isCut } = await this.#files.list(at);
      read = { known: { entries: inOrder(entries), isCut, readAt: Date.now() }, failure: undefined };
    } catch (error) {
      const failure = failureOf(error);
      read = { known: failure.cause === 'file' ? undefined : before().known, failure };
    }
    this.#readings.delete(key);
    // An answer that comes after the sandbox stopped, or for another connection, is nobody's.
    if (this.#current.value.session !== session || !isRunning(session, at.id)) return;
    const { isStale, calls, ...rest } = before();
    this.#put({ ...rest, ...read, isReading: false, isStale, calls: isStale ? calls + 1 : calls });
  }

  #take(changes: readonly FileChange[]): void {
    this.#call((folder) => changes.some((change) => isTouched(folder, change)));
  }

  /** Those are to be read when they are drawn again, and to be drawn again if they are in sight. */
  #call(isMeant: (folder: ShownFolder) => boolean): void {
    const meant = [...this.#all.value].filter(([, folder]) => isMeant(folder));
    if (meant.length === 0) return;
    const all = new Map(this.#all.value);
    for (const [key, folder] of meant) all.set(key, { ...folder, isStale: true, calls: folder.calls + 1 });
    this.#all.set(all);
  }

  #put(folder: ShownFolder): void {
    this.#all.set(new Map(this.#all.value).set(folderKey(folder.at), folder));
  }

  #forgetOthers(): void {
    const { session } = this.#current.value;
    const isSame = session === this.#session;
    this.#session = session;
    const kept = [...this.#all.value].filter(
      ([, { at }]) => isSame && session !== undefined && isRunning(session, at.id),
    );
    if (kept.length < this.#all.value.size) this.#all.set(new Map(kept));
  }
}

/** As far as is known: of one that no loaded page holds nobody looks at the files. */
function isRunning({ inventory }: Session, boxId: string): boolean {
  return inventory.boxes.find(boxId)?.status === 'ready';
}
