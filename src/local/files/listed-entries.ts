import type { Lifecycle } from '../lifecycle/lifecycle';
import { isSearched, type Entry } from './entry';
import { fieldsOf, type Fields } from './fields';
import { ToolFails, toolOutput } from './tool';

/**
 * For each batch: how many, a line of facts for each, and their names, each ended by a zero byte. GNU's and busybox's
 * programs know all of this. What the kernel shows of itself is not entered.
 */
const script = `exec find "$1" -mindepth 1 -maxdepth "$2" \\
  \\( ! -path /proc ! -path /sys ! -path /dev -o -prune \\) \\( -type f -o -type d -o -type l \\) \\
  -exec sh -c 'echo $#; stat -c "%f %s %Y" "$@" && printf "%s\\0" "$@"' sh {} +`;

const deepest = 100_000;
const lineEnd = 0x0a;
const kinds: Record<number, Entry['kind'] | undefined> = { 0x8: 'file', 0x4: 'folder', 0xa: 'link' };

/** The same as `archiveEntries`, told by the sandbox's own `find` and `stat`. Throws ToolFails where it can't. */
export async function* listedEntries(
  lifecycle: Lifecycle,
  boxId: string,
  folder: string,
  mostParts: number,
  signal: AbortSignal,
): AsyncGenerator<Entry> {
  const depth = String(Math.min(mostParts, deepest));
  const output = toolOutput(lifecycle, boxId, script, [folder, depth], signal);
  const fields = fieldsOf(output);
  const above = folder === '/' ? 1 : folder.length + 1;
  try {
    for (let count = await fields.next(lineEnd); count !== undefined; count = await fields.next(lineEnd)) {
      for (const entry of await batch(fields, Number(count), above)) {
        if (isSearched(folder, entry.path)) yield entry;
      }
    }
  } finally {
    await output.return(undefined);
  }
}

async function batch(fields: Fields, count: number, above: number): Promise<Entry[]> {
  const facts: Omit<Entry, 'path'>[] = [];
  for (let at = 0; at < count; at++) facts.push(factsOf(await fields.next(lineEnd)));
  const entries: Entry[] = [];
  for (const fact of facts) entries.push({ ...fact, path: ((await fields.next(0)) ?? '').slice(above) });
  return entries;
}

function factsOf(line: string | undefined): Omit<Entry, 'path'> {
  const [, mode = '', size, seconds] = /^([0-9a-f]+) (\d+) (-?\d+)$/.exec(line ?? '') ?? [];
  const kind = kinds[Number.parseInt(mode, 16) >> 12];
  if (!kind) throw new ToolFails('Something went while it was looked at.');
  return {
    kind,
    sizeBytes: kind === 'folder' ? 0 : Number(size),
    modifiedAt: new Date(Number(seconds) * 1000),
  };
}
