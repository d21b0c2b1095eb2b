import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { hashedName, ifThere, replaceFile } from './shared-files';

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

/** An entry's name holds an endpoint. */
export const markName = hashedName;

export function newMark(change: KeyChange): KeyMark {
  return { change, revision: randomUUID(), at: Date.now() };
}

/** In the place of the mark before. */
export function writeMark(folder: string, entry: string, mark: KeyMark): Promise<void> {
  return replaceFile(path.join(folder, markName(entry)), JSON.stringify(mark));
}

/** By `markName`. One that can't be read tells nothing; `onError` is told why. */
export async function readMarks(
  folder: string,
  onError: (error: unknown) => void,
): Promise<ReadonlyMap<string, KeyMark>> {
  const names = (await ifThere(readdir(folder))) ?? [];
  const marks = new Map<string, KeyMark>();
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    try {
      const text = await ifThere(readFile(path.join(folder, name), 'utf8'));
      if (text !== undefined) marks.set(name, parse(text));
    } catch (error) {
      onError(new Error(`${name} holds no mark`, { cause: error }));
    }
  }
  return marks;
}

function parse(text: string): KeyMark {
  const { change, revision, at } = JSON.parse(text) as Record<string, unknown>;
  const isChange = change === 'stored' || change === 'deleted';
  if (!isChange || typeof revision !== 'string' || typeof at !== 'number') {
    throw new Error('A change, its revision and its time are expected');
  }
  return { change, revision, at };
}
