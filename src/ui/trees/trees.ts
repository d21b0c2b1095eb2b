import type { Connections } from '../../app/connections';
import { sandboxTree } from './sandboxes';
import { snapshotTree } from './snapshots';
import { Tree } from './tree';

/** The two views of what a connection holds. */
export interface Trees {
  readonly sandboxes: Tree;
  readonly snapshots: Tree;
}

export function createTrees(connections: Connections): Trees {
  return { sandboxes: new Tree(sandboxTree, connections), snapshots: new Tree(snapshotTree, connections) };
}
