import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Shared by all windows; below the extension's own folder. */
export function activityFolder(storage: string): string {
  return path.join(storage, 'activity');
}

export const runningEnding = '.running.json';

/** Whether an action has been begun whose end is not written down, by whichever window. */
export async function isAnythingRunning(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some((name) => name.endsWith(runningEnding));
}
