import type { Connections } from '../../app/connections';
import { sandboxTree, type SandboxSources } from './sandboxes';
import { snapshotTree } from './snapshots';
import { Tree } from './tree';

/** The two views of what a connection holds. */
export interface Trees {
  readonly sandboxes: Tree;
  readonly snapshots: Tree;
}

export function createTrees(connections: Connections, sources: SandboxSources): Trees {
  return {
    sandboxes: new Tree(sandboxTree(sources), connections),
    snapshots: new Tree(snapshotTree, connections),
  };
}
