import { posix } from 'node:path';
import type { Failure } from '../failure';
import { isAtOrBelow } from './file-place';
import type { FileChange } from './file-changes';
import type { Entry, FolderListing } from './list';
import type { FileAt } from './sandbox-files';

/** What is known of a folder that somebody looks at, as of when it was read. */
export interface ShownFolder {
  readonly at: FileAt;
  readonly isReading: boolean;
  readonly known?: FolderListing & { readonly readAt: number };
  /** Why the last reading came to nothing. */
  readonly failure?: Failure;
  /** How many of its entries have rows. */
  readonly most: number;
  /** Something in it has changed since it was read. */
  readonly isStale: boolean;
  /** Another number each time that whoever shows it is to look again. */
  readonly calls: number;
}

/** More are shown when the user wants them: a view draws so many at once. */
const mostAtFirst = 200;

export function unreadFolder(at: FileAt): ShownFolder {
  return { at, isReading: false, most: mostAtFirst, isStale: false, calls: 0 };
}

export function folderKey({ id, path }: FileAt): string {
  return `${id}${path}`;
}

const names = new Intl.Collator(undefined, { numeric: true });

/** Folders first, by their names. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted(
    (one, other) =>
      rank(one) - rank(other) || names.compare(one.name, other.name) || (one.name < other.name ? -1 : 1),
  );
}

function rank({ kind }: Entry): number {
  return kind === 'folder' ? 0 : 1;
}

/** Whether what is known of the folder is old by this change. A folder that went is in its parent's. */
export function isTouched({ at, known }: ShownFolder, { kind, at: changed }: FileChange): boolean {
  if (isAtOrBelow(at, changed)) return kind !== 'deleted';
  if (!isAtOrBelow(changed, at)) return false;
  // What was written may have brought the folders above it.
  const [first = '', ...further] = posix.relative(at.path, changed.path).split('/');
  return further.length === 0 || !known?.entries.some(({ name }) => name === first);
}
