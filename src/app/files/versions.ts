import type { FileFacts } from './stat';

/** What the editor tells one state from another by. */
type Look = Pick<FileFacts, 'modifiedAt' | 'size'>;

interface Version {
  readonly etag: string | undefined;
  /** How the editor saw it; undefined until it looks. */
  readonly held: Look | undefined;
}

const mostKept = 1000;

/**
 * Which state of each file the editor goes by, so that a save is told from one over somebody else's change. The editor
 * looks itself before it saves, and asks when the file is both newer and of another size; all else is left to us.
 */
export class Versions {
  readonly #known = new Map<string, Version>();
  readonly #told = new Map<string, Look>();

  /** The editor was told how it looks. */
  told(key: string, { modifiedAt, size }: Look): void {
    const look = { modifiedAt, size };
    keep(this.#told, key, look);
    const version = this.#known.get(key);
    if (version && version.held === undefined) this.#known.set(key, { ...version, held: look });
  }

  /** It was given that state. */
  read(key: string, etag: string | undefined): void {
    keep(this.#known, key, { etag, held: this.#told.get(key) });
  }

  /** It has written that state, and looks next. */
  written(key: string, etag: string | undefined): void {
    keep(this.#known, key, { etag, held: undefined });
  }

  forget(key: string): void {
    this.#known.delete(key);
    this.#told.delete(key);
  }

  etag(key: string): string | undefined {
    return this.#known.get(key)?.etag;
  }

  /** Whether the state that stands there now is another, of which the editor has not asked by itself. */
  isUnknown(key: string, etagNow: string | undefined): boolean {
    const version = this.#known.get(key);
    if (version?.etag === undefined || etagNow === undefined || version.etag === etagNow) return false;
    const told = this.#told.get(key);
    const { held } = version;
    const hasAsked = told && held && told.modifiedAt > held.modifiedAt && told.size !== held.size;
    return !hasAsked;
  }
}

/** The one that was kept first goes first. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > mostKept) map.delete([...map.keys()][0] ?? '');
}
