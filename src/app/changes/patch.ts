import { setImmediate as nextTurn } from 'node:timers/promises';
import { formatPatch, structuredPatch, type StructuredPatch } from 'diff';
import type { Change } from './compare';
import type { Content, LeftOut } from './contents';
import type { TreeEntry } from './tree';

/** With more lines that differ a file is told as replaced as a whole: to tell them apart would take for ever. */
const mostEdits = 300;

/** Why a change can't stand in a patch; `folder`: one that is empty, or its permissions; `device`: a pipe or the like. */
export type NotInPatch = LeftOut | 'folder' | 'device';

export interface Patch {
  /** Takes one tree to the other, by `git apply` or `patch -p1`. */
  readonly bytes: Uint8Array;
  /** Named in it. */
  readonly leftOut: readonly { readonly path: string; readonly why: NotInPatch }[];
}

export interface PatchSource {
  readonly before: ReadonlyMap<string, Content>;
  readonly after: ReadonlyMap<string, Content>;
}

/**
 * `head`: lines that say what it is. Bytes stay as they are, whatever the encoding of a text. Others have their turn
 * between two files.
 */
export async function patchOf(
  changes: readonly Change[],
  source: PatchSource,
  head: readonly string[],
  nameOf: (why: NotInPatch) => string,
  signal: AbortSignal,
): Promise<Patch> {
  const leftOut: { path: string; why: NotInPatch }[] = [];
  const parts: StructuredPatch[] = [];
  for (const change of changes) {
    await nextTurn();
    signal.throwIfAborted();
    const part = partsOf(change, source);
    if (typeof part === 'string') leftOut.push({ path: change.path, why: part });
    else parts.push(...part);
  }
  // What is in the way of something new goes before it comes.
  parts.sort((one, other) => Number(other.isDelete ?? false) - Number(one.isDelete ?? false));
  const named = leftOut.map(({ path, why }) => `${JSON.stringify(path)}: ${nameOf(why)}`);
  const lines = [...head, ...named].map((line) => `# ${line}\n`);
  const body = Buffer.from(parts.map((part) => formatPatch(part)).join(''), 'latin1');
  return { bytes: Buffer.concat([Buffer.from(lines.join('')), body]), leftOut };
}

interface State {
  readonly text: string;
  readonly mode: string;
}

function partsOf(change: Change, source: PatchSource): StructuredPatch[] | NotInPatch {
  const { path, isModeOnly } = change;
  if (isModeOnly && change.before?.kind === 'file') {
    return [{ ...named(path), oldMode: modeOf(change.before), newMode: modeOf(change.after), hunks: [] }];
  }
  const was = stateOf(change.before, source.before.get(path));
  const is = stateOf(change.after, source.after.get(path));
  if (typeof was === 'string') return was;
  if (typeof is === 'string') return is;
  if (was && is) {
    if (change.before?.kind !== change.after?.kind) return [deletion(path, was), creation(path, is)];
    const modes =
      was.mode === is.mode && change.before?.kind === 'file' ? {} : { oldMode: was.mode, newMode: is.mode };
    return [{ ...named(path), ...modes, hunks: hunksOf(was.text, is.text) }];
  }
  if (was) return [deletion(path, was)];
  return is ? [creation(path, is)] : 'folder';
}

/** Undefined for what is no part of a patch: nothing, or a folder. */
function stateOf(entry: TreeEntry | undefined, content: Content | undefined): State | NotInPatch | undefined {
  if (!entry || entry.kind === 'folder') return undefined;
  if (entry.kind === 'other') return 'device';
  if (content === undefined) return 'unreadable';
  if (typeof content === 'string') return content;
  return { text: Buffer.from(content).toString('latin1'), mode: modeOf(entry) };
}

function modeOf(entry: TreeEntry | undefined): string {
  if (entry?.kind === 'link') return '120000';
  return `10${(entry?.permissions ?? 0o644).toString(8).padStart(4, '0')}`;
}

function deletion(path: string, { text, mode }: State): StructuredPatch {
  const names = { ...named(path), newFileName: '/dev/null', newHeader: undefined };
  return { ...names, isDelete: true, oldMode: mode, hunks: hunksOf(text, '') };
}

function creation(path: string, { text, mode }: State): StructuredPatch {
  const names = { ...named(path), oldFileName: '/dev/null', oldHeader: undefined };
  return { ...names, isCreate: true, newMode: mode, hunks: hunksOf('', text) };
}

/** `patch` takes a name with a space only when something follows it. */
function named(path: string): Omit<StructuredPatch, 'hunks'> {
  const header = path.includes(' ') ? ' ' : undefined;
  return {
    isGit: true,
    oldFileName: `a/${path}`,
    newFileName: `b/${path}`,
    oldHeader: header,
    newHeader: header,
  };
}

function hunksOf(was: string, is: string): StructuredPatch['hunks'] {
  const options = { context: 3, maxEditLength: mostEdits };
  const patch =
    was !== '' && is !== '' ? structuredPatch('', '', was, is, undefined, undefined, options) : undefined;
  return patch?.hunks ?? replaced(was, is);
}

/** Counted from 1 even where there is no line: the format's own counting from 0 is made when it is written. */
function replaced(was: string, is: string): StructuredPatch['hunks'] {
  if (was === is) return [];
  const [gone, come] = [wholly(was, '-'), wholly(is, '+')];
  const [oldLines, newLines] = [linesOf(was).length, linesOf(is).length];
  return [
    {
      oldStart: 1,
      oldLines,
      newStart: 1,
      newLines,
      lines: [...gone, ...come],
    },
  ];
}

function wholly(text: string, sign: '+' | '-'): string[] {
  const lines = linesOf(text).map((line) => `${sign}${line}`);
  return text === '' || text.endsWith('\n') ? lines : [...lines, '\\ No newline at end of file'];
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
