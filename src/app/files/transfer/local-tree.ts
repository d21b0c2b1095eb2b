import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Something of this machine that is to go into a sandbox. */
export interface LocalEntry {
  /** On this machine. */
  readonly source: string;
  /** From where the upload begins, with slashes; the first part is what was chosen. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly size: number;
  readonly mode: number;
  readonly modifiedAt: Date;
}

/** What was chosen and all below it, folders before what they hold. Devices, pipes and sockets are left out. */
export async function localTree(chosen: readonly string[], signal: AbortSignal): Promise<LocalEntry[]> {
  const entries: LocalEntry[] = [];
  const add = async (source: string, name: string, stat: Stats): Promise<void> => {
    signal.throwIfAborted();
    const kind = stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'file';
    if (kind === 'file' && !stat.isFile()) return;
    const size = kind === 'file' ? stat.size : 0;
    entries.push({ source, name, kind, size, mode: stat.mode & 0o7777, modifiedAt: stat.mtime });
    if (kind !== 'folder') return;
    const names = await readdir(source);
    const stats = await Promise.all(names.map(async (below) => lstat(path.join(source, below))));
    for (const [at, below] of stats.entries()) {
      const inside = names[at] ?? '';
      await add(path.join(source, inside), `${name}/${inside}`, below);
    }
  };
  for (const source of chosen) await add(source, path.basename(source), await lstat(source));
  return entries;
}

export function sizeOf(entries: readonly Pick<LocalEntry, 'size'>[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}
