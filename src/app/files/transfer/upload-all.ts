import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { posix } from 'node:path';
import { upload } from '../../../api/files';
import { ApiError } from '../../../api/errors';
import type { Run } from '../../outcome';
import { fileErrorOf } from '../file-error';
import type { Place } from '../programs';
import { counted } from './counted';
import { gathered } from './gathered';
import { localTree, sizeOf, type LocalEntry } from './local-tree';
import { packed } from './packed';
import { discard, hasTar, temporaryTar, unpack } from './tar-script';

/** Long enough for what a person waits for; cancelling ends it before. */
const timeoutMs = 6 * 3600_000;

export interface Uploaded {
  readonly files: number;
  readonly bytes: number;
  /** Links and empty folders, which a sandbox without programs can't be given. */
  readonly leftOut: number;
}

/**
 * Files and folders of this machine into a folder of a sandbox; what is there under the same names is replaced. More
 * than one file goes in one stream where the sandbox has `tar`, else file by file.
 */
export async function uploadAll(
  place: Place,
  chosen: readonly string[],
  folder: string,
  { signal, onStep }: Run,
): Promise<Uploaded> {
  onStep({ kind: 'asking' });
  const isOne = chosen.length === 1 && (await lstat(chosen[0] ?? '')).isFile();
  const [entries, isPacked] = await Promise.all([
    localTree(chosen, signal),
    isOne
      ? false
      : place.programs.either(
          () => hasTar(place, signal),
          () => Promise.resolve(false),
        ),
  ]);
  const files = entries.filter(({ kind }) => kind === 'file');
  const bytes = sizeOf(files);
  const tell = (done: number): void => onStep({ kind: 'bytes', done, of: bytes });
  if (isPacked) await inOneStream(place, entries, folder, signal, tell);
  else await oneByOne(place, files, folder, signal, tell);
  const leftOut = isPacked ? 0 : entries.filter((entry) => isLeftOut(entry, entries)).length;
  return { files: files.length, bytes, leftOut };
}

async function inOneStream(
  place: Place,
  entries: readonly LocalEntry[],
  folder: string,
  signal: AbortSignal,
  tell: (bytes: number) => void,
): Promise<void> {
  const file = temporaryTar(folder);
  await place.stillRuns(); // The tree of this machine may have taken long.
  try {
    await send(place, file, counted(gathered(packed(entries, signal)), tell), { signal });
    await place.stillRuns();
    await unpack(place, file, folder, signal);
  } catch (error) {
    await discard(place, file).catch(() => undefined); // The first failure is the one to tell.
    throw error;
  }
}

async function oneByOne(
  place: Place,
  files: readonly LocalEntry[],
  folder: string,
  signal: AbortSignal,
  tell: (bytes: number) => void,
): Promise<void> {
  let before = 0;
  for (const { source, name, size } of files) {
    await place.stillRuns();
    const content = counted(createReadStream(source), (bytes) => tell(before + bytes));
    await send(place, posix.join(folder, name), content, { signal, size });
    before += size;
  }
}

async function send(
  { transport, box }: Place,
  path: string,
  content: AsyncIterable<Uint8Array>,
  options: { signal: AbortSignal; size?: number },
): Promise<void> {
  await upload(transport, box, path, content, { ...options, timeoutMs }).catch((error: unknown) => {
    throw error instanceof ApiError && error.kind === 'invalid' ? fileErrorOf(path, error.message) : error;
  });
}

function isLeftOut({ kind, name }: LocalEntry, entries: readonly LocalEntry[]): boolean {
  if (kind === 'file') return false;
  return (
    kind === 'link' || !entries.some((other) => other.kind === 'file' && other.name.startsWith(`${name}/`))
  );
}
