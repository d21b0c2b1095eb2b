import { FileError } from './file-error';
import type { Place } from './programs';

/** Whole trees are moved and deleted by these. */
const seconds = 600;

const helpers = `is_there() { [ -e "$1" ] || [ -L "$1" ]; }
fail() { echo "$1" >&2; exit 1; }
`;

const deletion = `${helpers}
is_there "$1" || fail 'No such file or directory'
if [ "$2" ]; then exec rm -rf "$1"; fi
if [ -d "$1" ] && [ ! -L "$1" ]; then exec rmdir "$1"; fi
exec rm -f "$1"`;

/** A folder in the way goes first: both programs would put things into it. A file is replaced in one step. */
const placing = `${helpers}
is_there "$1" || fail 'No such file or directory'
if is_there "$2"; then
  [ "$3" ] || fail 'File exists'
  [ "$1" -ef "$2" ] && fail 'File exists'
  if [ -d "$1" ] || [ -d "$2" ]; then rm -rf "$2" || exit 1; fi
fi
`;

/** One folder, in one that is there. Throws FileError. */
export async function makeFolder({ programs, ...place }: Place, path: string): Promise<void> {
  if (path === '/') throw new FileError('exists', path);
  await programs.run(place, path, ['exec mkdir "$1"', path]);
}

/** A folder that holds something goes only with `recursive`. Throws FileError. */
export async function remove({ programs, ...place }: Place, path: string, recursive: boolean): Promise<void> {
  if (path === '/') throw new FileError('no-permission', path);
  await programs.run(place, path, [deletion, path, recursive ? 'recursive' : ''], { seconds });
}

/** What stands there already goes with `overwrite`, folders with all they hold. Throws FileError. */
export async function rename(place: Place, from: string, to: string, overwrite: boolean): Promise<void> {
  if (from !== to) await put(place, `${placing}exec mv -f "$1" "$2"`, from, to, overwrite);
}

/** As `rename`; links stay links, and all keeps its mode and times. */
export async function copy(place: Place, from: string, to: string, overwrite: boolean): Promise<void> {
  if (from === to) throw new FileError('exists', to);
  await put(place, `${placing}exec cp -a "$1" "$2"`, from, to, overwrite);
}

async function put(
  { programs, ...place }: Place,
  script: string,
  from: string,
  to: string,
  overwrite: boolean,
): Promise<void> {
  if (isBelow(from, to) || isBelow(to, from)) throw new FileError('into-itself', to);
  try {
    await programs.run(place, to, [script, from, to, overwrite ? 'overwrite' : ''], { seconds });
  } catch (error) {
    // Either path may be the missing one; the program names it in its words.
    if (error instanceof FileError && error.problem === 'not-found') {
      throw new FileError('not-found', error.reason.includes(to) ? to : from, error.reason);
    }
    throw error;
  }
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(above === '/' ? '/' : `${above}/`);
}
