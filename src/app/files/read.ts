import { buffer } from 'node:stream/consumers';
import { ApiError } from '../../api/errors';
import type { FileStat } from '../../api/files/file-reply';
import { readFile, statFile } from '../../api/files/read-file';
import type { CallOptions } from '../../api/transport';
import { FileError, fileErrorOf } from './file-error';
import type { Place, Way } from './programs';

export interface WholeFile {
  readonly bytes: Uint8Array;
  /** Names the state of the file that the bytes are of. */
  readonly etag: string | undefined;
}

const mostAttempts = 3;

/** A whole file, in memory. Throws FileError. */
export async function readWhole(place: Place, path: string, call: CallOptions = {}): Promise<WholeFile> {
  const { taken, etag } = await readBy(place, path, buffer, call);
  return { bytes: taken, etag };
}

/** What `take` makes of a file as it arrives. One whose connection breaks on the way is read anew. Throws FileError. */
export async function readBy<T>(
  place: Place,
  path: string,
  take: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  call: CallOptions = {},
): Promise<{ taken: T; etag: string | undefined }> {
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1) await place.stillRuns({ isDoubtful: true });
    const { body, etag } = await readFile(place.transport, place.box, path, {}, call).catch(
      (error: unknown) => {
        throw readFailure(error, path);
      },
    );
    try {
      return { taken: await take(body), etag };
    } catch (error) {
      call.signal?.throwIfAborted();
      if (attempt === mostAttempts) throw new FileError('failed', path, String(error));
    }
  }
}

/** A file's head. `no-file`: something that can't be read as one. */
export async function headOf(
  { transport, box }: Way,
  path: string,
  call?: CallOptions,
): Promise<FileStat | 'missing' | 'no-file'> {
  try {
    return await statFile(transport, box, path, call);
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'not-found') return 'missing';
    if (error instanceof ApiError && error.kind === 'invalid') return 'no-file';
    throw error;
  }
}

function readFailure(error: unknown, path: string): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.kind === 'not-found') return new FileError('not-found', path, error.message);
  return error.kind === 'invalid' ? fileErrorOf(path, error.message) : error;
}
