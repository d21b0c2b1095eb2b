import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isProcessAlive } from '../process-alive';

/** Shared by all windows; below the extension's own folder. */
export function activityFolder(storage: string): string {
  return path.join(storage, 'activity');
}

export const runningEnding = '.running.json';
const running = /\.(?<owner>\d+)\.running\.json$/;
/** What nobody took up for so long is on a connection that is no more; whoever connects to it again still does. */
const longestMs = 24 * 3_600_000;

/** Whether an action waits for a window to follow it: its own is gone, and its end is not written down. */
export async function isAnythingLeft(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => isLeft(name, names));
  const ages = await Promise.all(left.map((name) => ageOf(path.join(folder, name))));
  return ages.some((ageMs) => ageMs < longestMs);
}

function isLeft(name: string, names: readonly string[]): boolean {
  const owner = running.exec(name)?.groups?.['owner'];
  if (owner === undefined || isProcessAlive(Number(owner))) return false;
  return !names.includes(name.replace(running, '.ended.json'));
}

/** In milliseconds; a file that is gone meanwhile is as old as can be. */
async function ageOf(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
}
