import { readFile } from 'node:fs/promises';
import { mustRun } from './run.mjs';

/** Unmounts everything in these folders, innermost first. Linux, root. @param {string[]} folders */
export async function unmountBelow(folders) {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  const inside = mounts.filter((place) => folders.some((folder) => place.startsWith(`${folder}/`)));
  for (const place of inside.reverse()) await mustRun('umount', [place]);
}
