import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { Place } from '../programs';

const seconds = 600;
const cleanupMs = 30_000;

/** Beside nothing of the user's: a name that only one transfer has. */
export function temporaryTar(folder: string): string {
  return `${folder === '/' ? '' : folder}/.langsmith-transfer-${randomBytes(8).toString('hex')}.tar`;
}

/** Whether the sandbox has `tar`; one request. Throws FileError `no-programs` where it has no shell. */
export async function hasTar({ programs, ...place }: Place, signal: AbortSignal): Promise<boolean> {
  const script = 'command -v tar >/dev/null && echo yes || echo no';
  return (await programs.run(place, '/', [script], { signal })).trim() === 'yes';
}

/** Unpacks one that was uploaded into a folder, and deletes it, whatever comes of it. */
export async function unpack(
  { programs, ...place }: Place,
  file: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const script = 'mkdir -p "$2" && tar -xpf "$1" -C "$2"; code=$?; rm -f "$1"; exit $code';
  await programs.run(place, folder, [script, file, folder], { seconds, signal });
}

/** Where a folder's tar may lie: on a disk where there is one, for `/tmp` is memory as a rule. */
export function packPlaces(): readonly [disk: string, memory: string] {
  const name = posix.basename(temporaryTar('/'));
  return [`/var/tmp/${name}`, `/tmp/${name}`];
}

/**
 * Packs one name in a folder, `.` for all that it holds; gives in which of the two places the tar lies. GNU's ends with
 * 1 when a file changed meanwhile; with others, and where all `isStill`, that is a failure. It alone would take `\156` in
 * a name for an `n`.
 */
export async function pack(
  { programs, ...place }: Place,
  { folder, name, isStill = false }: { folder: string; name: string; isStill?: boolean },
  places: ReturnType<typeof packPlaces>,
  signal: AbortSignal,
): Promise<string> {
  const script = `[ -w /var/tmp ] && file=$2 || file=$3
command -v tar >/dev/null || exit 127
cd "$1" || exit 1
case $(tar --version 2>/dev/null) in *GNU*) gnu=--no-unquote;; *) gnu=;; esac
tar $gnu -cf "$file" "$4"; code=$?
if [ $code = 1 ] && [ "$gnu" ] && [ ! "$5" ]; then code=0; fi
[ $code = 0 ] || { rm -f "$file"; exit 1; }; printf %s "$file"`;
  const args = [folder, ...places, name, isStill ? 'still' : ''];
  return programs.run(place, folder, [script, ...args], { seconds, signal });
}

/** However the transfer ended, no signal of the caller's holds this up; a sandbox that was stopped keeps what is there. */
export async function discard({ programs, ...place }: Place, ...files: [string, ...string[]]): Promise<void> {
  await place.stillRuns({ isDoubtful: true });
  await programs.run(place, files[0], ['rm -rf -- "$@"', ...files], { timeoutMs: cleanupMs });
}
