import { Failure, invalidRequest } from '../failure';
import { defaultSnapshotName, defaultTag, parseSnapshotName } from '../snapshot-name';
import type { BoxRecord } from '../store/boxes';
import { findSnapshot, findTaggedSnapshot, type SnapshotRecord } from '../store/snapshots';
import { orAborted } from '../abort';
import { startBuild } from './build';
import { snapshotKey } from './engine-names';
import type { Lifecycle } from './lifecycle';

/** Enough for any image in use; on this machine it is not enforced. */
const capacityBytes = 16 * 1024 ** 3;

/** Whether a name that a create request gives is the default snapshot's. */
export function wantsDefault(asked: string): boolean {
  const parsed = parseSnapshotName(asked);
  return parsed?.name === defaultSnapshotName && (parsed.tag ?? defaultTag) === defaultTag;
}

/**
 * The default snapshot. It is built when it is first wanted, and again where it failed or the server has got another
 * default image: then it is given as `building`, and sandboxes wait for it (`untilBuilt`). Throws 400 without a
 * default image, unless an earlier server has left a default snapshot.
 */
export function defaultSnapshot(lifecycle: Lifecycle): SnapshotRecord {
  const { database, defaultImage } = lifecycle;
  const found = findTaggedSnapshot(database, defaultSnapshotName, defaultTag);
  if (defaultImage === undefined) {
    if (found?.status === 'ready') return found;
    throw invalidRequest(
      'The local server has no default snapshot. Give the name or id of a snapshot, or start the server with --default-image.',
    );
  }
  const isOfImage = found?.docker_image === defaultImage;
  if (isOfImage && (found.status === 'ready' || found.status === 'building')) return found;
  return startBuild(lifecycle, {
    name: defaultSnapshotName,
    docker_image: defaultImage,
    fs_capacity_bytes: capacityBytes,
  });
}

/** Resolves when no build of the sandbox's snapshot runs; throws Failure when it failed. */
export async function untilBuilt(
  { database, tasks }: Lifecycle,
  { snapshot_id: id }: BoxRecord,
  signal: AbortSignal,
): Promise<void> {
  await orAborted(tasks.ended(snapshotKey(id)), signal);
  const snapshot = findSnapshot(database, id);
  if (snapshot?.status !== 'failed') return;
  const reason = snapshot.status_message ?? 'No reason is known.';
  throw new Failure(422, 'ImagePull', `Snapshot ${snapshot.name} failed: ${reason}`);
}
