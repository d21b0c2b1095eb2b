import { views } from '../../contributions';
import { runningIn } from '../../app/running';
import { runningSandboxes } from '../words/count';
import { sandboxRows } from './rows';
import { sandboxFacts } from './tooltip-facts';
import type { TreeKind } from './tree';

export const sandboxTree: TreeKind = {
  view: views.sandboxes,
  loads: 'sandboxes',
  collection: ({ boxes }) => boxes,
  rows: sandboxRows,
  tooltip: ({ boxes, snapshotNames }, id) => {
    const box = boxes.find(id);
    return box ? sandboxFacts(box, snapshotNames.names.value.get(box.snapshot_id ?? '')) : [];
  },
  badge: (inventory) => {
    const running = runningIn(inventory);
    return running?.count ? { value: running.count, tooltip: runningSandboxes(running) } : undefined;
  },
  alsoFollows: ({ snapshotNames }) => [snapshotNames.names],
};
