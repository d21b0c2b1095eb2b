import type { Connections } from '../../app/connections';
import type { Grouping } from '../../app/grouping';
import type { Observed } from '../../app/observable';
import { sandboxTree } from './sandboxes';
import { snapshotTree } from './snapshots';
import { Tree } from './tree';

/** The two views of what a connection holds. */
export interface Trees {
  readonly sandboxes: Tree;
  readonly snapshots: Tree;
}

/** `grouping`: how the sandboxes are grouped. */
export function createTrees(connections: Connections, grouping: Observed<Grouping>): Trees {
  return {
    sandboxes: new Tree(sandboxTree(grouping), connections),
    snapshots: new Tree(snapshotTree, connections),
  };
}
