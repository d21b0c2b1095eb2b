import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Small files that all windows read and write, in folders below the extension's own that only the user may read. */

/** The name of a file by what it is about, which can't be read back from it. */
export function hashedName(about: string): string {
  return `${createHash('sha256').update(about).digest('hex').slice(0, 32)}.json`;
}

/** In the place of what was there; who reads at the same time gets the one or the other, whole. Makes the folder. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

/** Undefined where nothing is; another window may have removed it. Rejects as the reading does for any other reason. */
export async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
