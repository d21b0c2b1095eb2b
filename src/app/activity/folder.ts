import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isProcessAlive } from '../process-alive';
import { actionFiles, ownerOf } from './file-names';

/** Shared by all windows; below the extension's own folder. */
export function activityFolder(storage: string): string {
  return path.join(storage, 'activity');
}

/** What nobody took up for so long is on a connection that is no more; whoever connects to it again still does. */
const longestMs = 24 * 3_600_000;

/** Whether an action waits for a window to follow it: its own is gone, and its end is not written down. */
export async function isAnythingLeft(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const left = actionFiles(names).filter(isLeft);
  const ages = await Promise.all(left.map((name) => ageOf(path.join(folder, name))));
  return ages.some((ageMs) => ageMs < longestMs);
}

function isLeft(name: string): boolean {
  const owner = ownerOf(name);
  return owner !== undefined && !isProcessAlive(owner);
}

/** In milliseconds; a file that is gone meanwhile is as old as can be. */
async function ageOf(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
}
