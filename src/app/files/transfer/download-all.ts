import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import path, { posix } from 'node:path';
import { downloadToFile } from '../../../api/files/download-to-file';
import { ApiError } from '../../../api/errors';
import { statFile } from '../../../api/files/read-file';
import type { Run } from '../../outcome';
import { FileError, fileErrorOf } from '../file-error';
import { listFolder } from '../list';
import type { Place } from '../programs';
import { statPath } from '../stat';
import { isThere, takePlace } from './take-place';
import { discard, pack, packPlaces } from './tar-script';
import { unpacked } from './unpacked';

export interface DownloadTarget {
  /** On this machine, absolute. */
  readonly path: string;
  /** Whether what stands there may go. */
  readonly mayReplace: boolean;
}

export interface Downloaded {
  readonly files: number;
  /** Of a folder: links, devices, and names that this machine does not tell from one that came before. */
  readonly leftOut: number;
}

/**
 * A file or folder of a sandbox to `target`, which takes its place only when it is whole: what was there goes then, if
 * it may. Over connections that break it goes on where it stopped. Throws FileError.
 */
export async function downloadAll(
  place: Place,
  from: string,
  target: DownloadTarget,
  run: Run,
): Promise<Downloaded> {
  if (from === '/') throw new FileError('no-permission', from);
  run.onStep({ kind: 'asking' });
  const { kind } = await statPath(place, from);
  const parts = await mkdtemp(path.join(path.dirname(target.path), '.langsmith-download-'));
  const whole = path.join(parts, 'whole');
  try {
    const downloaded = await (kind === 'folder'
      ? folderInto(place, from, whole, run)
      : fileInto(place, from, whole, run).then(() => ({ files: 1, leftOut: 0 })));
    const aside = path.join(parts, 'before');
    await takePlace({ whole, target: target.path, aside }, target.mayReplace);
    return downloaded;
  } finally {
    await rm(whole, { recursive: true, force: true });
    await rm(tarOf(whole), { force: true });
    await rmdir(parts).catch(() => undefined); // What could not go back to its place is still in it.
  }
}

async function folderInto(place: Place, from: string, whole: string, run: Run): Promise<Downloaded> {
  return place.programs.either(
    async () => {
      const places = packPlaces();
      const packed = tarOf(whole);
      try {
        const file = await pack(place, { folder: from, name: '.' }, places, run.signal);
        await fileInto(place, file, packed, run);
      } finally {
        await discard(place, ...places).catch(() => undefined); // The download's own end is the one to tell.
      }
      await mkdir(whole);
      return unpacked(packed, whole, run.signal);
    },
    () => oneByOne(place, from, whole, run),
  );
}

function tarOf(whole: string): string {
  return `${whole}.tar`;
}

async function oneByOne(place: Place, from: string, to: string, run: Run): Promise<Downloaded> {
  await mkdir(to);
  let [files, leftOut] = [0, 0];
  const { entries, isCut } = await listFolder(place, from);
  if (isCut) throw new FileError('cut', from);
  for (const { name, kind, isLink } of entries) {
    const [source, target] = [posix.join(from, name), childOf(to, name)];
    if (await isThere(target)) leftOut++;
    else if (kind === 'folder' && !isLink) {
      const below = await oneByOne(place, source, target, run);
      files += below.files;
      leftOut += below.leftOut;
    } else if (kind === 'file' && !isLink) {
      await fileInto(place, source, target, run);
      files++;
    } else leftOut++;
  }
  return { files, leftOut };
}

/** What a sandbox calls its files is not trusted: `..` and, on some machines, a backslash would lead elsewhere. */
function childOf(folder: string, name: string): string {
  const child = path.resolve(folder, name);
  if (path.dirname(child) !== folder) throw new FileError('no-permission', name);
  return child;
}

async function fileInto(
  { transport, box, mostRanges, stillRuns }: Place,
  from: string,
  to: string,
  { signal, onStep }: Run,
): Promise<void> {
  const beforeRetry = (): Promise<void> => stillRuns({ isDoubtful: true });
  try {
    await stillRuns();
    const stat = await statFile(transport, box, from, { signal });
    const onBytes = (done: number): void => onStep({ kind: 'bytes', done, of: stat.size ?? 0 });
    const inRanges = { of: stat, count: mostRanges };
    await downloadToFile(transport, box, from, to, { signal, onBytes, beforeRetry, inRanges });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.kind === 'not-found') throw new FileError('not-found', from);
    throw error.kind === 'invalid' ? fileErrorOf(from, error.message) : error;
  }
}
