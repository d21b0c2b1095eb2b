import { ApiError } from '../../api/errors';
import { upload } from '../../api/files';
import { FileError, fileErrorOf } from './file-error';
import type { Place } from './programs';
import type { headOf } from './read';

export interface WriteFlags {
  /** Make it when it is not there. */
  readonly create: boolean;
  /** Replace it when it is. */
  readonly overwrite: boolean;
}

/**
 * Asked before a file is replaced, with its present ETag; false leaves it. Without it nothing is looked at that the
 * flags don't ask for.
 */
export type MayReplace = (etag: string | undefined) => Promise<boolean>;

export interface Look {
  /** Gives the head of what stands there. */
  readonly look: () => ReturnType<typeof headOf>;
  /** Nothing is looked at any more: the bytes go out. */
  readonly onSend: () => void;
}

/** Writes a whole file; folders above that are missing are made. Throws FileError. */
export async function writeWhole(
  place: Place,
  path: string,
  content: Uint8Array,
  { create, overwrite }: WriteFlags,
  { look, onSend }: Look,
  mayReplace?: MayReplace,
): Promise<void> {
  if (!create || !overwrite || mayReplace) {
    const now = await look();
    if (now === 'missing' && !create) throw new FileError('not-found', path);
    if (now !== 'missing' && !overwrite) throw new FileError('exists', path);
    if (typeof now === 'object' && mayReplace && !(await mayReplace(now.etag))) {
      throw new FileError('changed', path);
    }
  }
  onSend();
  await upload(place.transport, place.box, path, content).catch((error: unknown) => {
    throw error instanceof ApiError && error.kind === 'invalid' ? fileErrorOf(path, error.message) : error;
  });
}
