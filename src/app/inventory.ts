import { listBoxes } from '../api/boxes';
import { getSnapshot, listSnapshots } from '../api/snapshots';
import type { Transport } from '../api/transport';
import type { Box, Snapshot } from '../api/types';
import { Collection } from './collection';
import { Pending } from './pending';
import { SnapshotNames } from './snapshot-names';

/** What is known of one connection's resources. Trees, pickers and actions read it; only it holds them. */
export interface Inventory {
  readonly boxes: Collection<Box>;
  readonly snapshots: Collection<Snapshot>;
  readonly pending: Pending;
  readonly snapshotNames: SnapshotNames;
}

/** `transport` is asked for at each call: a connection may find its server at another address. */
export function createInventory(transport: () => Transport, pageSize: () => number): Inventory {
  const boxes = new Collection<Box>({
    list: (query, call) => listBoxes(transport(), query, call),
    pageSize,
  });
  const snapshots = new Collection<Snapshot>({
    list: (query, call) => listSnapshots(transport(), query, call),
    pageSize,
  });
  const snapshotNames = new SnapshotNames((id) => getSnapshot(transport(), id));
  const nameOrigins = (): void => {
    if (!snapshots.busy.value) snapshotNames.want(boxes.items.flatMap((box) => box.snapshot_id ?? []));
  };
  snapshots.listing.subscribe(() => {
    snapshotNames.learn(snapshots.items);
    nameOrigins();
  });
  boxes.listing.subscribe(nameOrigins);
  return { boxes, snapshots, pending: new Pending(), snapshotNames };
}

/** Whether the server changes it by itself, so that it is worth asking again soon. */
export function isInTransition(resource: Box | Snapshot): boolean {
  switch (resource.status) {
    case 'building':
    case 'provisioning':
    case 'deleting':
      return true;
    case 'ready':
    case 'stopped':
    case 'failed':
      return false;
  }
}
