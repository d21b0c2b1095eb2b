import type { TreeItem } from 'vscode';
import type { Tree } from '../../src/ui/trees/tree';
import { until } from '../harness/until';

/** Looks of `until`, of which some fit into the moment in which the editor gathers what it is told. */
const looksAtRest = 20;

/** What is painted in a view while it is watched. */
export interface Painting {
  /** Rows that the editor was told of; `all` for the whole view. */
  readonly told: string[];
  /** Rows whose looks the editor asked for. */
  readonly asked: string[];
  stop(): void;
}

function watch(tree: Tree): Painting {
  const [told, asked]: [string[], string[]] = [[], []];
  const listening = tree.onDidChangeTreeData((ids) => told.push(...(ids ?? ['all'])));
  const own = tree.getTreeItem.bind(tree);
  tree.getTreeItem = (id: string): TreeItem => {
    asked.push(id);
    return own(id);
  };
  return {
    told,
    asked,
    stop: () => {
      listening.dispose();
      tree.getTreeItem = own;
    },
  };
}

/** The same from when the editor is through with what it was told before: it gathers that for a moment. */
export async function watchCalm(tree: Tree): Promise<Painting> {
  const before = watch(tree);
  let [seen, quiet] = [0, 0];
  await until('a view at rest', () => {
    quiet = before.asked.length === seen ? quiet + 1 : 0;
    seen = before.asked.length;
    return quiet >= looksAtRest || undefined;
  });
  before.stop();
  return watch(tree);
}
