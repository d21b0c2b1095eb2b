import { posix } from 'node:path';
import { ApiError } from '../../api/errors';
import { glob } from '../../api/files/search';
import { FileError } from './file-error';
import { kindOf, type FileKind } from './kinds';
import type { Place } from './programs';

export interface Entry {
  readonly name: string;
  /** Of where a link leads. */
  readonly kind: FileKind;
  readonly isLink: boolean;
  /** In bytes, of where a link leads; of folders it says nothing. */
  readonly size: number;
}

export interface FolderListing {
  readonly entries: readonly Entry[];
  /** Whether there are more than the server tells. */
  readonly isCut: boolean;
}

/**
 * Each name stands between two slashes, which no name can hold, so that it may hold anything else, line ends too. What
 * goes while it is looked at is left out. Links come twice, the second time as what they lead to.
 */
const script = `command -v find >/dev/null && command -v stat >/dev/null || exit 127
stat -c %f "$1/." >/dev/null && cd "$1" || exit 1
find . -mindepth 1 -maxdepth 1 -exec stat -c '%f %s %n/' {} +
find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c '%f %s %n/' {} + 2>/dev/null
[ -r . ] || { echo 'Permission denied' >&2; exit 1; }; true`;

const mostGlobbed = 10_000;

/** What lies in a folder, in one request. Throws FileError. */
export function listFolder(place: Place, path: string): Promise<FolderListing> {
  return place.programs.either(
    async () => ({
      entries: parse(await place.programs.run(place, path, [script, path])),
      isCut: false,
    }),
    () => listWithoutPrograms(place, path),
  );
}

function parse(output: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const [, mode = '', size, name = ''] of output.matchAll(/([0-9a-f]+) (\d+) \.\/([^/]*)\/\n/g)) {
    const kind = kindOf(mode);
    entries.set(name, { name, kind, isLink: kind === 'link' || entries.has(name), size: Number(size) });
  }
  return [...entries.values()];
}

async function listWithoutPrograms({ transport, box }: Place, path: string): Promise<FolderListing> {
  try {
    const { matches, truncated } = await glob(transport, box, { path, pattern: '*', limit: mostGlobbed });
    const entries = matches.map((each): Entry => ({
      name: posix.basename(each.path),
      kind: each.is_dir ? 'folder' : 'file',
      isLink: false,
      size: each.size_bytes,
    }));
    return { entries, isCut: truncated };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.kind === 'not-found') throw new FileError('not-found', path, error.message);
    if (error.kind === 'invalid') throw new FileError('no-folder', path, error.message);
    throw error;
  }
}
