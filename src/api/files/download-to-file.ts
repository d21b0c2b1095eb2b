import { open, type FileHandle } from 'node:fs/promises';
import type { Transport } from '../transport';
import type { Box } from '../types';
import { beginningOf, downloadRanges, isOtherState, rangesOf, type FileState } from './download-ranges';
import type { FileStat } from './file-reply';
import { strong, type DownloadedBytes, type ResumeOptions } from './over-breaks';
import { downloadResuming } from './resume-download';

/** Below it each of the ranges would be over before its connection is at full speed. */
const largeBytes = 32 * 1024 * 1024;

export interface ToFileOptions extends ResumeOptions {
  /** What a HEAD has just told: a large file comes in so many ranges side by side where the server has them. */
  inRanges?: { of: FileStat; count: number; fromBytes?: number };
}

/** Into a file on this machine, which is made or replaced. Gives its size. What fails leaves the file's beginning. */
export async function downloadToFile(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  localPath: string,
  { inRanges, ...options }: ToFileOptions = {},
): Promise<number> {
  await using file = await open(localPath, 'w');
  const state = inRanges && rangedState(inRanges);
  if (state) {
    const ranges = rangesOf(state.size, inRanges.count);
    const take = (piece: DownloadedBytes): Promise<void> => write(file, piece);
    try {
      await downloadRanges(transport, box, path, { state, ranges, take }, options);
      return state.size;
    } catch (error) {
      const isOver = isOtherState(error);
      await file.truncate(isOver ? 0 : beginningOf(ranges));
      if (!isOver) throw error;
    }
  }
  let size = 0;
  for await (const piece of downloadResuming(transport, box, path, options)) {
    if (piece.offset < size) await file.truncate(piece.offset);
    await write(file, piece);
    size = piece.offset + piece.bytes.length;
    options.onBytes?.(size);
  }
  return size;
}

function rangedState({
  of: { size = 0, etag, acceptRanges },
  count,
  fromBytes = largeBytes,
}: NonNullable<ToFileOptions['inRanges']>): FileState | undefined {
  const known = strong(etag);
  if (known === undefined || count < 2 || size < fromBytes || acceptRanges === 'none') return undefined;
  return { size, etag: known };
}

async function write(file: FileHandle, { offset, bytes }: DownloadedBytes): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
  }
}
