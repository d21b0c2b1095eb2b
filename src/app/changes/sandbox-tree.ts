import { posix } from 'node:path';
import { ApiError } from '../../api/errors';
import { glob } from '../../api/files/search';
import type { Run } from '../outcome';
import { FileError, fileErrorOf } from '../files/file-error';
import { kindOf } from '../files/kinds';
import type { Place } from '../files/programs';
import { readWhole } from '../files/read';
import { discard, packPlaces } from '../files/transfer/tar-script';
import type { Tree, TreeEntry } from './tree';

/**
 * Below the root: what is no content of a sandbox's own, and what its server writes into each. What is mounted
 * elsewhere is left out as such.
 */
const notItsOwn = [
  ...['proc', 'sys', 'dev', 'tmp', 'run'],
  ...['etc/hosts', 'etc/hostname', 'etc/resolv.conf', 'etc/mtab', '.dockerenv'],
];

const seconds = 600;
const mostGlobbed = 10_000;

/**
 * Each path stands before two slashes, which no path has in it, so that it may hold anything else. The list may be
 * longer than what a command may say, so that it goes through a file, which is not of the tree; what `find` complains
 * of is said. It ends with 1 after a complaint, and with more where it broke off.
 */
const script = `command -v find >/dev/null && command -v stat >/dev/null || exit 127
stat -c %f "$1/." >/dev/null && cd "$1" || exit 1
[ -w /tmp ] && out=$3 || out=$2
shift 3
: >"$out" || exit 1
printf '%s\\n' "$out"
find . -xdev "$@" -name '.langsmith-transfer-*' -prune -o -exec stat -c '%f %s %Y %d %n//' {} + 2>&1 >"$out"; code=$?
[ $code -le 1 ] || { echo "find ended with $code" >&2; exit 1; }`;

/** Of what may not be looked at, and of what goes while it is looked at. */
const refusal = /Permission denied|Operation not permitted/;
const disappearance = /No such file or directory/;

/** All below a folder of a sandbox. Where it has no programs, links and permissions are not told. Throws FileError. */
export function sandboxTree(place: Place, root: string, run: Run): Promise<Tree> {
  const leftOut = root === '/' ? notItsOwn : [];
  return place.programs.either(
    () => listed(place, root, leftOut, run),
    () => globbed(place, root, leftOut, run),
  );
}

async function listed(place: Place, root: string, leftOut: readonly string[], run: Run): Promise<Tree> {
  const { signal } = run;
  const pruned = leftOut.flatMap((path, at) => [at === 0 ? '(' : '-o', '-path', `./${path}`]);
  const pruning = pruned.length === 0 ? [] : [...pruned, ')', '-prune', '-o'];
  const places = packPlaces();
  try {
    const said = await place.programs.run(place, root, [script, root, ...places, ...pruning], {
      seconds,
      signal,
    });
    const [file = '', ...complaints] = said.trimEnd().split(/\n(?=\S+: |$)/);
    const failure = complaints.find((text) => !refusal.test(text) && !disappearance.test(text));
    if (failure !== undefined) throw fileErrorOf(root, failure);
    const { bytes } = await readWhole(place, file, { signal });
    const isPartial = complaints.some((text) => refusal.test(text));
    return { entries: parseTree(Buffer.from(bytes).toString(), root), isPartial };
  } finally {
    await discard(place, ...places).catch(() => undefined); // The listing's own end is the one to tell.
  }
}

/**
 * As `stat` tells each; folders where something else is mounted are left out. Throws FileError where the list broke off:
 * what is not in it would count as deleted.
 */
export function parseTree(text: string, root: string): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  let rootDevice: string | undefined;
  for (const record of text.split('//\n')) {
    const { mode, size, time, device, path } =
      /^(?<mode>[0-9a-f]+) (?<size>\d+) (?<time>-?\d+) (?<device>\d+) \.\/?(?<path>.*)$/s.exec(record)
        ?.groups ?? {};
    if (mode === undefined || path === undefined) continue;
    const kind = kindOf(mode);
    if (path === '') rootDevice = device;
    else if (kind !== 'folder' || device === rootDevice) {
      const permissions = Number.parseInt(mode, 16) & 0o7777;
      entries.set(path, { kind, size: Number(size), modifiedAt: Number(time), permissions });
    }
  }
  if (rootDevice === undefined || !text.endsWith('//\n')) {
    throw new FileError('failed', root, 'The list of what is in it broke off.');
  }
  return entries;
}

async function globbed(
  place: Place,
  root: string,
  leftOut: readonly string[],
  { signal }: Run,
): Promise<Tree> {
  const entries = new Map<string, TreeEntry>();
  const look = async (folder: string, pattern: string): Promise<string[]> => {
    const { matches, truncated } = await globIn(place, folder, pattern, signal);
    if (truncated) throw new FileError('cut', folder);
    const found = matches
      .map((match) => ({ ...match, path: posix.relative(root, match.path) }))
      .filter(({ path }) => path !== '' && !leftOut.some((each) => `${path}/`.startsWith(`${each}/`)));
    for (const { path, is_dir, size_bytes: size, modified_at } of found) {
      const modifiedAt = Math.floor(Date.parse(modified_at) / 1000) || 0;
      entries.set(path, { kind: is_dir ? 'folder' : 'file', size, modifiedAt });
    }
    return found.filter(({ is_dir }) => is_dir).map(({ path }) => path);
  };
  for (const folder of await look(root, '*')) await look(posix.join(root, folder), '**/*');
  return { entries, isPartial: false };
}

async function globIn(
  { transport, box, stillRuns }: Place,
  path: string,
  pattern: string,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<typeof glob>>> {
  await stillRuns();
  try {
    return await glob(transport, box, { path, pattern, limit: mostGlobbed }, { signal });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.kind === 'not-found') throw new FileError('not-found', path, error.message);
    throw error.kind === 'invalid' ? new FileError('no-folder', path, error.message) : error;
  }
}
