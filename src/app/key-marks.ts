import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type KeyChange = 'stored' | 'deleted';

/** What a window did to an entry last; nothing of what is in it. */
export interface KeyMark {
  readonly change: KeyChange;
  readonly revision: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Shared by all windows; below the extension's own folder. */
export function keyMarksFolder(storage: string): string {
  return path.join(storage, 'key-changes');
}

/** An entry's name holds an endpoint: files go by what can't be read back. */
export function markName(entry: string): string {
  return `${createHash('sha256').update(entry).digest('hex').slice(0, 32)}.json`;
}

export function newMark(change: KeyChange): KeyMark {
  return { change, revision: randomUUID(), at: Date.now() };
}

/** In the place of the mark before. */
export async function writeMark(folder: string, entry: string, mark: KeyMark): Promise<void> {
  const file = path.join(folder, markName(entry));
  const draft = `${file}.${mark.revision}.draft`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(draft, JSON.stringify(mark), { mode: 0o600 });
  await rename(draft, file);
}

/** By `markName`. One that can't be read tells nothing. */
export async function readMarks(folder: string): Promise<ReadonlyMap<string, KeyMark>> {
  const names = await readdir(folder).catch(() => []);
  const marks = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => [name, await readMark(folder, name)] as const),
  );
  return new Map(marks.flatMap(([name, mark]) => (mark ? [[name, mark] as const] : [])));
}

async function readMark(folder: string, name: string): Promise<KeyMark | undefined> {
  try {
    const text = await readFile(path.join(folder, name), 'utf8');
    const { change, revision, at } = JSON.parse(text) as Record<string, unknown>;
    if (change !== 'stored' && change !== 'deleted') return undefined;
    return typeof revision === 'string' && typeof at === 'number' ? { change, revision, at } : undefined;
  } catch {
    return undefined;
  }
}
