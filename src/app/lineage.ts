import type { Box, Snapshot } from '../api/types';
import type { Inventory } from './inventory';

/** What stands on what among the loaded resources. Made once for all rows: no look-up in it goes through a list. */
export interface Lineage {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  /** Sandboxes by the id of the snapshot they stand on. */
  readonly boxesOn: ReadonlyMap<string, readonly Box[]>;
  /** Snapshots by the id of the sandbox they were captured from. */
  readonly capturesOf: ReadonlyMap<string, readonly Snapshot[]>;
  /** Whether `boxes` are all that there are: otherwise one that is missing may just not be loaded. */
  readonly hasEveryBox: boolean;
}

export function lineageOf({ boxes, snapshots }: Pick<Inventory, 'boxes' | 'snapshots'>): Lineage {
  const listing = boxes.listing.value;
  return {
    boxes: new Map(boxes.items.map((box) => [box.id, box])),
    snapshots: new Map(snapshots.items.map((snapshot) => [snapshot.id, snapshot])),
    boxesOn: groupedBy(boxes.items, ({ snapshot_id }) => snapshot_id),
    capturesOf: groupedBy(snapshots.items, ({ source_sandbox_id }) => source_sandbox_id),
    hasEveryBox: listing.state === 'ready' && listing.rows.nextOffset === undefined && boxes.filter === '',
  };
}

function groupedBy<T>(items: readonly T[], idOf: (item: T) => string | null | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const id = idOf(item);
    if (!id) continue;
    const group = groups.get(id);
    if (group) group.push(item);
    else groups.set(id, [item]);
  }
  return groups;
}
