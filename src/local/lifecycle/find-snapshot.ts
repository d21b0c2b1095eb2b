import { Failure, invalidRequest, notFound } from '../failure';
import { isId } from '../resource-name';
import { defaultTag, parseSnapshotName } from '../snapshot-name';
import type { Database } from '../store/database';
import {
  findSnapshot,
  findTaggedSnapshot,
  findUntaggedSnapshot,
  type SnapshotRecord,
} from '../store/snapshots';

/**
 * By id, `name:tag`, or a bare name: that is `name:latest`, or where no tag `latest` is there, the newest ready
 * snapshot of the name that has no tag at all.
 */
function lookUpSnapshot(database: Database, asked: string): SnapshotRecord | undefined {
  const byId = isId(asked) ? findSnapshot(database, asked.toLowerCase()) : undefined;
  if (byId) return byId;
  const parsed = parseSnapshotName(asked);
  if (!parsed) return undefined;
  const tagged = findTaggedSnapshot(database, parsed.name, parsed.tag ?? defaultTag);
  return tagged ?? (parsed.tag === undefined ? findUntaggedSnapshot(database, parsed.name) : undefined);
}

/**
 * As `getSnapshot`, where a bare name is `name:latest` alone: what a name led to before, it must not delete. A caller who
 * missed the answer may send the same again. Throws 404.
 */
export function getNamedSnapshot(database: Database, asked: string): SnapshotRecord {
  const snapshot = getSnapshot(database, asked);
  if (snapshot.tags.length > 0 || snapshot.id === asked.toLowerCase()) return snapshot;
  const sentence = `There is no snapshot ${asked}:${defaultTag} here. The one before it has no tag: give its id, ${snapshot.id}.`;
  throw new Failure(404, 'NotFound', sentence);
}

/** Throws 404. */
export function getSnapshot(database: Database, asked: string): SnapshotRecord {
  const snapshot = lookUpSnapshot(database, asked);
  if (!snapshot) throw notFound('snapshot', asked);
  return snapshot;
}

/**
 * One that a sandbox can be created from. Where a name leads to one that is not ready, its newest ready snapshot without a tag will do, which is the one it led to before. Throws 400 that
 * says what to do.
 */
export function getBootableSnapshot(database: Database, asked: string): SnapshotRecord {
  const snapshot = bootable(database, asked);
  if (!snapshot) {
    throw invalidRequest(`There is no snapshot ${asked} here. Build one, or give the name or id of another.`);
  }
  switch (snapshot.status) {
    case 'ready':
      return snapshot;
    case 'building':
      throw invalidRequest(`Snapshot ${snapshot.name} is still building. Wait until it is ready.`);
    case 'failed':
      throw invalidRequest(
        `Snapshot ${snapshot.name} failed: ${snapshot.status_message ?? 'no reason is known.'}`,
      );
    case 'deleting':
      throw invalidRequest(`Snapshot ${snapshot.name} is being deleted.`);
  }
}

function bootable(database: Database, asked: string): SnapshotRecord | undefined {
  const found = lookUpSnapshot(database, asked);
  if (found?.status === 'ready' || found?.id === asked.toLowerCase()) return found;
  return (found && findUntaggedSnapshot(database, found.name)) ?? found;
}
