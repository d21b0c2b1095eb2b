import { copy, makeFolder, remove, rename } from './change';
import { copyAcross } from './copy-across';
import { FileError } from './file-error';
import { FreshHeads } from './fresh-heads';
import { KnownFacts } from './known-facts';
import { listFolder, type FolderListing } from './list';
import { moveAcross } from './move-across';
import type { Place } from './programs';
import type { Reach } from './reach';
import { headOf, readWhole } from './read';
import { statPath, type FileFacts } from './stat';
import { Versions } from './versions';
import { writeWhole, type WriteFlags } from './write';

/** A file or folder of a sandbox. */
export interface FileAt {
  /** The sandbox's id. */
  readonly id: string;
  /** Absolute. */
  readonly path: string;
}

/** The files of all sandboxes that the window's connection has. All throws FileError, OutOfReachError or ApiError. */
export class SandboxFiles {
  readonly #reach: Reach;
  readonly #versions = new Versions();
  readonly #known = new KnownFacts();
  /** By the editor, which looks before it saves. */
  readonly #seen = new FreshHeads();
  /** Of what was just written: the editor looks next, but a save that comes sooner looks for itself. */
  readonly #made = new FreshHeads();
  readonly #stats = new Map<string, Promise<FileFacts>>();
  /** Which changes of somebody else have been told already: an ETag, or that the file is missing. */
  readonly #noticed = new Map<string, string | undefined>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  /** The editor asks for the same again and again: those who ask at the same time share one answer. */
  stat(at: FileAt): Promise<FileFacts> {
    const key = keyOf(at);
    const shared = this.#stats.get(key);
    if (shared) return shared;
    const asked = this.#at(at, (place) => this.#facts(place, at))
      .then((facts) => {
        this.#versions.told(key, facts);
        return facts;
      })
      .finally(() => {
        if (this.#stats.get(key) === asked) this.#stats.delete(key);
      });
    this.#stats.set(key, asked);
    return asked;
  }

  list(at: FileAt): Promise<FolderListing> {
    return this.#at(at, (place) => listFolder(place, at.path));
  }

  async read(at: FileAt): Promise<Uint8Array> {
    const { bytes, etag } = await this.#at(at, (place) => readWhole(place, at.path));
    this.#versions.read(keyOf(at), etag);
    return bytes;
  }

  /** What stands there now; what the editor goes by stays what it was. */
  async peek(at: FileAt): Promise<Uint8Array> {
    return (await this.#at(at, (place) => readWhole(place, at.path))).bytes;
  }

  /** `mayOverwrite` is asked when somebody else has changed the file since it was read. */
  write(
    at: FileAt,
    content: Uint8Array,
    flags: WriteFlags,
    mayOverwrite: () => Promise<boolean>,
  ): Promise<void> {
    const key = keyOf(at);
    const isKnown = this.#versions.etag(key) !== undefined;
    const mayReplace = async (etag: string | undefined): Promise<boolean> =>
      !this.#versions.isUnknown(key, etag) || mayOverwrite();
    return this.#change(at, async (place) => {
      const ask = (): ReturnType<typeof headOf> => headOf(place, at.path);
      const look = { look: () => this.#seen.look(key, ask), onSend: () => this.#changed() };
      const sent = writeWhole(place, at.path, content, flags, look, isKnown ? mayReplace : undefined);
      await sent.finally(() => this.#changed()); // Somebody may have looked while it was sent.
      if (!isKnown) return;
      const now = await this.#made.ask(key, ask).catch(() => undefined);
      this.#versions.written(key, writtenEtag(now, at.path, content.byteLength));
    });
  }

  makeFolder(at: FileAt): Promise<void> {
    return this.#change(at, (place) => makeFolder(place, at.path));
  }

  async remove(at: FileAt, recursive: boolean): Promise<void> {
    await this.#change(at, (place) => remove(place, at.path, recursive));
    this.#forget(at);
  }

  async rename(from: FileAt, to: FileAt, overwrite: boolean): Promise<void> {
    if (from.id === to.id) await this.#change(from, (place) => rename(place, from.path, to.path, overwrite));
    else await moveAcross(this, from, to, overwrite, () => this.#forget(to));
    this.#forget(from, to);
  }

  async copy(from: FileAt, to: FileAt, overwrite: boolean): Promise<void> {
    if (from.id === to.id) await this.#change(from, (place) => copy(place, from.path, to.path, overwrite));
    else await copyAcross(this, from, to, { overwrite });
    this.#forget(to);
  }

  /**
   * Whether somebody has changed or removed a file since it was read or written here, each time once; nothing where
   * that is unknown.
   */
  async changeOf(at: FileAt): Promise<'changed' | 'removed' | undefined> {
    const key = keyOf(at);
    const before = this.#versions.etag(key);
    if (before === undefined) return undefined;
    const now = await this.#at(at, (place) => headOf(place, at.path));
    // What was read or written meanwhile is known by now.
    if (this.#versions.etag(key) !== before) return undefined;
    const state = typeof now === 'object' ? now.etag : now;
    if (state === before) this.#noticed.delete(key);
    else this.#changed();
    if (state === before || state === this.#noticed.get(key)) return undefined;
    this.#noticed.set(key, state);
    return state === 'missing' ? 'removed' : 'changed';
  }

  /** What lay below goes with it. */
  #forget(...places: FileAt[]): void {
    for (const at of places) this.#versions.forget(keyOf(at));
    this.#known.forgetAll();
    this.#changed();
    this.#stats.clear();
  }

  #changed(): void {
    this.#seen.changed();
    this.#made.changed();
  }

  /** One request: by the file's head where that is enough, else by the sandbox's programs. */
  async #facts(place: Place, at: FileAt): Promise<FileFacts> {
    const key = keyOf(at);
    if (this.#known.has(key)) {
      const now = this.#made.take(key) ?? (await this.#seen.look(key, () => headOf(place, at.path)));
      const facts = typeof now === 'object' ? this.#known.withHead(key, now) : undefined;
      if (facts) return facts;
      this.#known.forget(key);
      if (now === 'missing') throw new FileError('not-found', at.path);
    }
    const facts = await statPath(place, at.path);
    this.#known.learn(key, facts);
    return facts;
  }

  /** Nobody who asks from now on is told what was asked before. */
  async #change(at: FileAt, work: (place: Place) => Promise<void>): Promise<void> {
    try {
      await this.#at(at, work);
    } finally {
      this.#stats.clear();
    }
  }

  #at<T>({ id }: FileAt, work: (place: Place) => Promise<T>): Promise<T> {
    return this.within(id, work);
  }

  /** Works in a sandbox, which is not started for it. */
  async within<T>(id: string, work: (place: Place) => Promise<T>): Promise<T> {
    const done = await work(await this.#reach.place(id));
    this.#reach.prove(id);
    return done;
  }
}

/**
 * What the write has made; undefined, so that nothing is compared with it, where the server does not tell. The wire has
 * no condition for a write: of two at the same moment the later one stands, and throws FileError `overtaken` for the
 * other, as far as their sizes tell.
 */
function writtenEtag(
  now: Awaited<ReturnType<typeof headOf>> | undefined,
  path: string,
  size: number,
): string | undefined {
  if (typeof now !== 'object') return undefined;
  if (now.size !== undefined && now.size !== size) throw new FileError('overtaken', path);
  return now.etag;
}

function keyOf({ id, path }: FileAt): string {
  return `${id}${path}`;
}
