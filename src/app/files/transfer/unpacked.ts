import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import tar, { type Extract } from 'tar-stream';

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

export interface Unpacked {
  readonly files: number;
  /**
   * Links, devices, names that would lead out of the folder (what a sandbox says is not trusted), and names that this
   * machine does not tell from one that came before.
   */
  readonly leftOut: number;
}

/** Unpacks a tar of a sandbox's into a folder of this machine that is new, so that no link in it can lead elsewhere. */
export async function unpacked(file: string, folder: string, signal: AbortSignal): Promise<Unpacked> {
  const extract = tar.extract();
  const reading = pipeline(createReadStream(file), extract, { signal });
  reading.catch(() => undefined); // The loop hears of it.
  let files = 0;
  let leftOut = 0;
  for await (const entry of extract) {
    const made = await make(entry, folder, signal).catch((error: unknown) => {
      if (isTaken(error)) return 'nothing';
      throw error;
    });
    entry.resume();
    if (made === 'file') files++;
    if (made === 'nothing') leftOut++;
  }
  await reading;
  return { files, leftOut };
}

/** What is not read of the entry is left to the caller. */
async function make(
  entry: Entry,
  folder: string,
  signal: AbortSignal,
): Promise<'file' | 'folder' | 'nothing'> {
  const { name, type, linkname, mode } = entry.header;
  const target = path.resolve(folder, name);
  if (!isInside(folder, target)) return 'nothing';
  if (type === 'directory') {
    await mkdir(target, { recursive: true });
    return 'folder';
  }
  if (type === 'file' || type === 'contiguous-file') {
    await mkdir(path.dirname(target), { recursive: true });
    const written = await open(target, 'wx', mode & 0o777);
    await pipeline(entry, written.createWriteStream(), { signal });
    return 'file';
  }
  if (type !== 'link') return 'nothing';
  // Of a file with several names the second and further ones.
  const source = path.resolve(folder, linkname);
  if (!isInside(folder, source)) return 'nothing';
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(source, target, constants.COPYFILE_EXCL);
  return 'file';
}

function isInside(folder: string, target: string): boolean {
  return target === folder || target.startsWith(folder + path.sep);
}

/** A link's file that was left out itself is missing. */
function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EEXIST' || code === 'ENOTDIR' || code === 'ENOENT';
}
