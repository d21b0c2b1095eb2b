import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import type { Inventory } from '../../app/inventory';
import { rowsOf, type Rows } from '../../app/listing';
import { moreRowId, type Row } from './row';
import { sandboxRow } from './sandbox-row';
import { snapshotRow } from './snapshot-row';

/** The rows of a view: a function of the inventory and the time alone. `now` is in epoch milliseconds. */
export function sandboxRows(inventory: Inventory, now: number): Row[] {
  const rows = rowsOf(inventory.boxes.listing.value);
  const actions = inventory.pending.actions.value;
  const names = inventory.snapshotNames.names.value;
  return withMore(rows, (box: Box) =>
    sandboxRow(box, {
      now,
      snapshotName: box.snapshot_id ? names.get(box.snapshot_id) : undefined,
      action: actions.get(box.id),
    }),
  );
}

export function snapshotRows(inventory: Inventory, now: number): Row[] {
  const rows = rowsOf(inventory.snapshots.listing.value);
  const actions = inventory.pending.actions.value;
  const counts = sandboxCounts(inventory);
  return withMore(rows, (snapshot: Snapshot) =>
    snapshotRow(snapshot, {
      now,
      sourceName: snapshot.source_sandbox_id
        ? inventory.boxes.find(snapshot.source_sandbox_id)?.name
        : undefined,
      sandboxCount: counts && (counts.get(snapshot.id) ?? 0),
      action: actions.get(snapshot.id),
    }),
  );
}

/** Sandboxes by the snapshot they stand on; undefined unless every sandbox is loaded, for a part would be an untruth. */
function sandboxCounts({ boxes }: Inventory): Map<string, number> | undefined {
  const listing = boxes.listing.value;
  if (listing.state !== 'ready' || listing.rows.nextOffset !== undefined || boxes.filter !== '') {
    return undefined;
  }
  const counts = new Map<string, number>();
  for (const { snapshot_id: id } of listing.rows.items) if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function withMore<T>({ items, nextOffset }: Rows<T>, rowOf: (item: T) => Row): Row[] {
  const rows = items.map(rowOf);
  return nextOffset === undefined ? rows : [...rows, moreRow(items.length)];
}

function moreRow(loaded: number): Row {
  const label = l10n.t('Load more…');
  const description = l10n.t('{0} shown', loaded);
  return {
    id: moreRowId,
    label,
    description,
    icon: 'more',
    contextValue: 'more',
    spoken: `${label} ${description}`,
  };
}
