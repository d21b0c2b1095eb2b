import type { Run } from '../outcome';
import type { FileKind } from '../files/kinds';

export interface TreeEntry {
  /** Of a link itself, wherever it leads. */
  readonly kind: FileKind;
  readonly size: number;
  /** Epoch seconds: some programs tell no fractions. */
  readonly modifiedAt: number;
  /** Without the kind, such as 0o644; undefined where that is not known. */
  readonly permissions?: number;
}

export interface Tree {
  /** By the path below the tree's root, which is not among them. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Whether there are folders that could not be read. */
  readonly isPartial: boolean;
}

/** A folder with all below it, of a sandbox or of this machine. Paths are below it. */
export interface Side {
  list(run: Run): Promise<Tree>;
  /** What tells one content from another, link targets too; undefined for what could not be read. */
  digests(paths: readonly string[], signal: AbortSignal): Promise<readonly (string | undefined)[]>;
  /** Of a link, where it leads. */
  content(path: string, kind: FileKind, signal: AbortSignal): Promise<Uint8Array>;
}
