import type { Run } from '../outcome';
import type { Side, Tree, TreeEntry } from './tree';

export interface Change {
  /** Below both roots. */
  readonly path: string;
  readonly how: 'added' | 'changed' | 'deleted';
  /** Undefined for what was added. */
  readonly before?: TreeEntry;
  /** Undefined for what was deleted. */
  readonly after?: TreeEntry;
  /** Of what was changed: whether its permissions alone were. */
  readonly isModeOnly: boolean;
}

export interface CompareOptions {
  /** Which permissions count. */
  readonly permissions: number;
  /** What has the same size and time is the same, as in trees that came from one snapshot. */
  readonly areTimesTrue: boolean;
}

export interface Comparison {
  /** By path. */
  readonly changes: readonly Change[];
  /** Whether either side has folders or files that could not be read. */
  readonly isPartial: boolean;
}

/** What was only touched is no change. */
export async function compare(
  before: Side,
  after: Side,
  options: CompareOptions,
  run: Run,
): Promise<Comparison> {
  run.onStep({ kind: 'listing' });
  const [one, other] = await Promise.all([before.list(run), after.list(run)]);
  const doubtful = doubtfulPaths(one, other, options);
  const [here, there] = await Promise.all([
    before.digests(doubtful, run.signal),
    after.digests(doubtful, run.signal),
  ]);
  const isUnread = (at: number): boolean => here[at] === undefined || there[at] === undefined;
  const notOther = new Set(doubtful.filter((_, at) => isUnread(at) || here[at] === there[at]));
  return {
    changes: changesBetween(one, other, notOther, options),
    isPartial: one.isPartial || other.isPartial || doubtful.some((_, at) => isUnread(at)),
  };
}

/** Whose content has to be looked at. */
export function doubtfulPaths(before: Tree, after: Tree, options: CompareOptions): string[] {
  return [...before.entries]
    .filter(([path, entry]) => {
      const now = after.entries.get(path);
      return now !== undefined && contentState(entry, now, options) === 'unknown';
    })
    .map(([path]) => path);
}

/** `same`: paths whose content was found to be no other. */
export function changesBetween(
  before: Tree,
  after: Tree,
  same: ReadonlySet<string>,
  options: CompareOptions,
): Change[] {
  const paths = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort();
  const filled = { before: foldersThatHold(before), after: foldersThatHold(after) };
  return paths.flatMap((path): Change[] => {
    const [was, is] = [before.entries.get(path), after.entries.get(path)];
    if (was && is) {
      const isContent = contentState(was, is, options) !== 'same' && !same.has(path);
      const isMode = hasOtherMode(was, is, options);
      return isContent || isMode
        ? [{ path, how: 'changed', before: was, after: is, isModeOnly: !isContent }]
        : [];
    }
    if (is) return filled.after.has(path) ? [] : [{ path, how: 'added', after: is, isModeOnly: false }];
    return filled.before.has(path) ? [] : [{ path, how: 'deleted', before: was, isModeOnly: false }];
  });
}

function contentState(
  was: TreeEntry,
  is: TreeEntry,
  { areTimesTrue }: CompareOptions,
): 'same' | 'other' | 'unknown' {
  if (was.kind !== is.kind) return 'other';
  if (was.kind === 'folder' || was.kind === 'other') return 'same';
  if (was.size !== is.size) return 'other';
  return areTimesTrue && was.modifiedAt === is.modifiedAt ? 'same' : 'unknown';
}

function hasOtherMode(was: TreeEntry, is: TreeEntry, { permissions }: CompareOptions): boolean {
  if (was.kind === 'link' || was.permissions === undefined || is.permissions === undefined) return false;
  return ((was.permissions ^ is.permissions) & permissions) !== 0;
}

/** They need no line of their own where what they hold has one. */
function foldersThatHold({ entries }: Tree): Set<string> {
  return new Set([...entries.keys()].map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
}
