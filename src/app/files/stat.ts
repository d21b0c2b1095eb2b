import { posix } from 'node:path';
import { ApiError } from '../../api/errors';
import { statFile } from '../../api/files/read-file';
import { glob } from '../../api/files/search';
import { FileError } from './file-error';
import { kindOf, type FileKind } from './kinds';
import { literally } from './literally';
import type { Place } from './programs';

export interface FileFacts {
  readonly kind: FileKind;
  /** All else is told of where the link leads; of one that leads nowhere, of the link. */
  readonly isLink: boolean;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** For the sandbox's user. */
  readonly isReadonly: boolean;
}

/** GNU's and busybox's `stat` know all of this; only the long form of a time has its fractions in both. */
const script = `command -v stat >/dev/null || exit 127
f='%f %s %Y %y'
stat -c "$f" "$1" || exit 1
[ -w "$1" ] && echo writable || echo readonly
if [ -L "$1" ]; then stat -L -c "$f" "$1" 2>/dev/null; fi; true`;

/** One request where the sandbox has `stat`. Throws FileError. */
export function statPath(place: Place, path: string): Promise<FileFacts> {
  return place.programs.either(
    async () => parse(path, await place.programs.run(place, path, [script, path]).catch(notThere)),
    () => statWithoutPrograms(place, path),
  );
}

/** Below a file there is nothing. */
function notThere(error: unknown): never {
  if (error instanceof FileError && error.problem === 'no-folder') {
    throw new FileError('not-found', error.path, error.reason);
  }
  throw error;
}

function parse(path: string, output: string): FileFacts {
  const [own = '', access, led = ''] = output.split('\n');
  const link = factsOf(own);
  if (!link) throw new FileError('failed', path, output.trim());
  const isLink = link.kind === 'link';
  const facts = (isLink && factsOf(led)) || link;
  return { ...facts, isLink, isReadonly: access === 'readonly' };
}

function factsOf(line: string): Omit<FileFacts, 'isLink' | 'isReadonly'> | undefined {
  const { mode, size, seconds, fraction } =
    /^(?<mode>[0-9a-f]+) (?<size>\d+) (?<seconds>-?\d+) \S+ [\d:]+(?:\.(?<fraction>\d{3}))?/.exec(line)
      ?.groups ?? {};
  if (mode === undefined) return undefined;
  return {
    kind: kindOf(mode),
    size: Number(size),
    modifiedAt: Number(seconds) * 1000 + Number(fraction ?? 0),
  };
}

/** A file's head; what is no file is looked for where it lies. Links can't be told from what they lead to. */
async function statWithoutPrograms({ transport, box }: Place, path: string): Promise<FileFacts> {
  const rest = { isLink: false, isReadonly: false };
  if (path === '/') return { kind: 'folder', size: 0, modifiedAt: 0, ...rest };
  try {
    const { size = 0, lastModified = '' } = await statFile(transport, box, path);
    return { kind: 'file', size, modifiedAt: Date.parse(lastModified) || 0, ...rest };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.kind === 'not-found') throw new FileError('not-found', path);
    if (error.kind !== 'invalid') throw error;
  }
  const [folder, name] = [posix.dirname(path), posix.basename(path)];
  const { matches } = await glob(transport, box, { path: folder, pattern: literally(name) });
  const found = matches.find((each) => posix.basename(each.path) === name);
  if (!found) throw new FileError('not-found', path);
  const modifiedAt = Date.parse(found.modified_at) || 0;
  return { kind: found.is_dir ? 'folder' : 'other', size: found.size_bytes, modifiedAt, ...rest };
}
