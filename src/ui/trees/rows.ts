import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import type { Grouping } from '../../app/grouping';
import type { Inventory } from '../../app/inventory';
import { rowsOf } from '../../app/listing';
import { filePlace } from '../../app/files/file-place';
import { usualFolder } from '../../app/files/usual-folder';
import { boxOfPorts } from '../../app/services/port-place';
import { groupOf } from './group-of';
import { fileRows } from './file-rows';
import { groupRows } from './groups';
import { portRows } from './port-rows';
import { moreRowId, type Row } from './row';
import { rowFacts, type InsideFacts, type RowFacts } from './row-facts';
import type { RowTree } from './row-tree';
import { sandboxChildren } from './sandbox-children';
import { sandboxRow } from './sandbox-row';
import { snapshotChildren } from './snapshot-children';
import { snapshotRow } from './snapshot-row';

/** The rows of a view: a function of the inventory, the time and what the user chose. `now` is in epoch milliseconds. */
export function sandboxRows(
  inventory: Inventory,
  now: number,
  grouping: Grouping,
  inside?: InsideFacts,
): RowTree {
  const { items, nextOffset } = rowsOf(inventory.boxes.listing.value);
  const facts = rowFacts(inventory, now, inside);
  const more = moreRows(items.length, nextOffset);
  const below = (id: string): Row[] => {
    const box = facts.lineage.boxes.get(id);
    if (box) return [...sandboxChildren(box, facts)];
    return inside ? insideRows(id, inventory, inside, now) : [];
  };
  if (grouping.by === 'none') {
    return { top: [...items.map((box) => boxRow(box, facts)), ...more], groups: new Map(), below };
  }
  const placed = items.map((box) => [boxRow(box, facts), groupOf(box, grouping, facts)] as const);
  const { top, groups } = groupRows(placed, nextOffset !== undefined);
  return { top: [...top, ...more], groups, below };
}

export function snapshotRows(inventory: Inventory, now: number): RowTree {
  const { items, nextOffset } = rowsOf(inventory.snapshots.listing.value);
  const facts = rowFacts(inventory, now);
  const rows = items.map((snapshot) => rowOfSnapshot(snapshot, facts));
  return {
    top: [...rows, ...moreRows(items.length, nextOffset)],
    groups: new Map(),
    below: (id) => {
      const snapshot = facts.lineage.snapshots.get(id);
      return snapshot ? [...snapshotChildren(snapshot, facts)] : [];
    },
  };
}

function insideRows(
  rowId: string,
  inventory: Inventory,
  { services, files }: InsideFacts,
  now: number,
): Row[] {
  const portsOf = boxOfPorts(rowId);
  if (portsOf !== undefined) return portRows(portsOf, services, now);
  const place = filePlace(rowId);
  const box = place && inventory.boxes.find(place.boxId);
  return box ? fileRows(place, usualFolder(inventory, box), files) : [];
}

function boxRow(box: Box, facts: RowFacts): Row {
  const { now, names, actions } = facts;
  const row = sandboxRow(box, {
    now,
    snapshotName: box.snapshot_id ? names.get(box.snapshot_id) : undefined,
    action: actions.get(box.id),
    isReadOnly: facts.inside?.files.readOnly.has(box.id),
  });
  return { ...row, fold: foldOver(sandboxChildren(box, facts)) };
}

/** Sandboxes are counted only when all of them are loaded: a part would be an untruth. */
function rowOfSnapshot(snapshot: Snapshot, facts: RowFacts): Row {
  const { now, lineage, actions } = facts;
  const row = snapshotRow(snapshot, {
    now,
    sourceName: lineage.boxes.get(snapshot.source_sandbox_id ?? '')?.name,
    sandboxCount: lineage.hasEveryBox ? (lineage.boxesOn.get(snapshot.id)?.length ?? 0) : undefined,
    action: actions.get(snapshot.id),
  });
  return { ...row, fold: foldOver(snapshotChildren(snapshot, facts)) };
}

/** No more than the first of them is made. */
function foldOver(children: Generator<Row>): Row['fold'] {
  return children.next().done ? undefined : 'collapsed';
}

function moreRows(loaded: number, nextOffset: number | undefined): Row[] {
  if (nextOffset === undefined) return [];
  const label = l10n.t('Load more…');
  const description = l10n.t('{0} shown', loaded);
  return [
    {
      id: moreRowId,
      label,
      description,
      icon: 'more',
      contextValue: 'more',
      spoken: `${label} ${description}`,
    },
  ];
}
