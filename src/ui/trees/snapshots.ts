import { views } from '../../contributions';
import { snapshotRows } from './rows';
import { snapshotFacts } from './tooltip-facts';
import type { TreeKind } from './tree-kind';

export const snapshotTree: TreeKind = {
  view: views.snapshots,
  loads: 'snapshots',
  collection: ({ snapshots }) => snapshots,
  rows: snapshotRows,
  tooltip: ({ boxes, snapshots }, id) => {
    const snapshot = snapshots.find(id);
    return snapshot ? snapshotFacts(snapshot, boxes.find(snapshot.source_sandbox_id ?? '')?.name) : [];
  },
  alsoFollows: ({ boxes, snapshotNames }) => [boxes.listing, snapshotNames.names],
};
