import { views } from '../../contributions';
import type { Grouping } from '../../app/grouping';
import type { Observed } from '../../app/observable';
import { runningIn } from '../../app/running';
import { runningSandboxes } from '../words/count';
import { sandboxRows } from './rows';
import { sandboxFacts } from './tooltip-facts';
import type { TreeKind } from './tree';

export function sandboxTree(grouping: Observed<Grouping>): TreeKind {
  return {
    view: views.sandboxes,
    loads: 'sandboxes',
    collection: ({ boxes }) => boxes,
    rows: (inventory, now) => sandboxRows(inventory, now, grouping.value),
    tooltip: ({ boxes, snapshotNames }, id) => {
      const box = boxes.find(id);
      return box ? sandboxFacts(box, snapshotNames.names.value.get(box.snapshot_id ?? '')) : [];
    },
    badge: (inventory) => {
      const running = runningIn(inventory);
      return running?.count ? { value: running.count, tooltip: runningSandboxes(running) } : undefined;
    },
    alsoFollows: ({ snapshots, snapshotNames }) => [snapshots.listing, snapshotNames.names, grouping],
  };
}
