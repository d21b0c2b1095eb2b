import type { TreeDragAndDropController, ViewBadge } from 'vscode';
import type { Inventory } from '../../app/inventory';
import type { Listing } from '../../app/listing';
import type { Observed } from '../../app/observable';
import type { ViewId } from '../../contributions';
import type { RowTree } from './row-tree';
import type { Fact } from './tooltip-facts';

/** As much of a collection as a view reads. */
export interface Listed {
  readonly listing: Observed<Listing<unknown>>;
  readonly busy: Observed<boolean>;
  readonly filter: string;
}

export interface TreeKind {
  readonly view: ViewId;
  /** Argument of the `Load more…` row's command. */
  readonly loads: 'sandboxes' | 'snapshots';
  readonly collection: (inventory: Inventory) => Listed;
  readonly rows: (inventory: Inventory, now: number) => RowTree;
  /** Of rows that have more to tell; empty for all others. */
  readonly tooltip: (inventory: Inventory, id: string) => Fact[];
  /** The number on the container's icon, where this view has one. */
  readonly badge?: (inventory: Inventory) => ViewBadge | undefined;
  /** What stands below a row is shown, once more or as the user has just opened it. */
  readonly onShown?: (id: string, how: 'drawn' | 'opened') => void;
  /** What can be dragged from rows and dropped on them. */
  readonly drag?: TreeDragAndDropController<string>;
  /** What else the rows are made of, beside the collection itself. */
  readonly alsoFollows: (inventory: Inventory) => Observed<unknown>[];
}
