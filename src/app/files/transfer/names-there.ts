import { posix } from 'node:path';
import { FileError } from '../file-error';
import { listFolder } from '../list';
import type { Place } from '../programs';
import { statPath } from '../stat';

/** Which of these names a folder of a sandbox has; none where the folder is missing. Throws FileError. */
export async function namesThere(
  place: Place,
  folder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  try {
    const { entries, isCut } = await listFolder(place, folder);
    const listed = new Set(entries.map(({ name }) => name));
    const areThere = await Promise.all(
      names.map(
        async (name) => listed.has(name) || (isCut && (await isThere(place, posix.join(folder, name)))),
      ),
    );
    return names.filter((_, at) => areThere[at]);
  } catch (error) {
    if (error instanceof FileError && error.problem === 'not-found') return [];
    throw error;
  }
}

/** A name that comes twice: of two that are put into one folder, one would go. */
export function sharedName(names: readonly string[]): string | undefined {
  return names.find((name, at) => names.indexOf(name) !== at);
}

async function isThere(place: Place, path: string): Promise<boolean> {
  try {
    await statPath(place, path);
    return true;
  } catch (error) {
    if (error instanceof FileError && error.problem === 'not-found') return false;
    throw error;
  }
}
