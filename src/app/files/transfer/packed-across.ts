import { posix } from 'node:path';
import { upload } from '../../../api/files';
import { readFile } from '../../../api/files/read-file';
import { rename } from '../change';
import { FileError } from '../file-error';
import type { Place } from '../programs';
import { discard, hasTar, pack, packPlaces, temporaryTar, unpack } from './tar-script';

/** Long enough for whatever a sandbox holds. */
const timeoutMs = 6 * 3600_000;

/** A path in a sandbox. */
export interface PathAt {
  readonly place: Place;
  readonly path: string;
}

/**
 * A file or folder of one sandbox into another, in one stream through this machine: links stay links, and all keeps its
 * owner, mode and times. It takes its place only when it is whole; what stands there goes then, with `overwrite`.
 * For a move nothing of it may change while it is packed.
 * Throws FileError: `no-programs` where either sandbox has no `tar`, before anything is done.
 */
export async function packedAcross(
  from: PathAt,
  to: PathAt,
  beside: string,
  { overwrite, isMove }: { overwrite: boolean; isMove: boolean },
): Promise<void> {
  const { signal } = new AbortController();
  const haveTar = await Promise.all([from, to].map(({ place }) => hasTar(place, signal)));
  if (haveTar.includes(false)) throw new FileError('no-programs', from.path);
  const name = posix.basename(from.path);
  const above = posix.dirname(to.path);
  const [places, there] = [packPlaces(), temporaryTar(above)];
  try {
    const what = { folder: posix.dirname(from.path), name: `./${name}`, isStill: isMove };
    const file = await pack(from.place, what, places, signal);
    await from.place.stillRuns();
    const { body, size } = await readFile(from.place.transport, from.place.box, file, {}, { timeoutMs });
    await to.place.stillRuns();
    await upload(to.place.transport, to.place.box, there, body, { size, timeoutMs });
    await to.place.stillRuns();
    await unpack(to.place, there, beside, signal);
    await rename(to.place, posix.join(beside, name), to.path, overwrite);
  } finally {
    // How the copy itself ended is what there is to tell.
    await discard(from.place, ...places).catch(() => undefined);
    await discard(to.place, there, beside).catch(() => undefined);
  }
}
