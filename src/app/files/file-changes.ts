import { Observable, type Observed } from '../observable';
import { FileError } from './file-error';
import type { Place } from './programs';
import type { ReadOnlyFiles } from './read-only-files';
import type { FileAt, SandboxFiles } from './sandbox-files';
import type { WriteFlags } from './write';

export interface FileChange {
  readonly kind: 'created' | 'changed' | 'deleted';
  readonly at: FileAt;
}

/**
 * The way by which this window changes files of sandboxes: refused where the user wants them to stay as they are, and
 * told to all who show them. Beside FileError `read-only`, all throws what SandboxFiles does.
 */
export class FileChanges {
  readonly #files: SandboxFiles;
  readonly #readOnly: Pick<ReadOnlyFiles, 'has'>;
  readonly #last = new Observable<readonly FileChange[]>([]);

  constructor(files: SandboxFiles, readOnly: Pick<ReadOnlyFiles, 'has'>) {
    this.#files = files;
    this.#readOnly = readOnly;
  }

  /** What was changed together, as of the last change. */
  get last(): Observed<readonly FileChange[]> {
    return this.#last;
  }

  /** Also of what somebody else has changed. */
  tell(...changes: FileChange[]): void {
    this.#last.set(changes);
  }

  async write(
    at: FileAt,
    content: Uint8Array,
    flags: WriteFlags,
    mayOverwrite: () => Promise<boolean> = () => Promise.resolve(false),
  ): Promise<void> {
    this.refuseReadOnly(at);
    await this.#files.write(at, content, flags, mayOverwrite);
    this.tell({ kind: flags.overwrite ? 'changed' : 'created', at });
  }

  async makeFolder(at: FileAt): Promise<void> {
    this.refuseReadOnly(at);
    await this.#files.makeFolder(at);
    this.tell({ kind: 'created', at });
  }

  async remove(at: FileAt, recursive: boolean): Promise<void> {
    this.refuseReadOnly(at);
    await this.#files.remove(at, recursive);
    this.tell({ kind: 'deleted', at });
  }

  async rename(from: FileAt, to: FileAt, overwrite: boolean): Promise<void> {
    this.refuseReadOnly(from);
    this.refuseReadOnly(to);
    try {
      await this.#files.rename(from, to, overwrite);
    } catch (error) {
      // A part of the original may be gone.
      if (isCopied(error)) this.tell({ kind: 'changed', at: from }, { kind: 'created', at: to });
      throw error;
    }
    this.tell({ kind: 'deleted', at: from }, { kind: 'created', at: to });
  }

  async copy(from: FileAt, to: FileAt, overwrite: boolean): Promise<void> {
    this.refuseReadOnly(to);
    await this.#files.copy(from, to, overwrite);
    this.tell({ kind: 'created', at: to });
  }

  /** Puts things into a folder. They are told of however that ends: some may be there. */
  async into<T>(folder: FileAt, work: (place: Place) => Promise<T>): Promise<T> {
    this.refuseReadOnly(folder);
    try {
      return await this.#files.within(folder.id, work);
    } finally {
      this.tell({ kind: 'changed', at: folder });
    }
  }

  refuseReadOnly({ id, path }: FileAt): void {
    if (this.#readOnly.has(id)) throw new FileError('read-only', path);
  }
}

function isCopied(error: unknown): boolean {
  return error instanceof FileError && error.problem === 'copied';
}
