import type { Inventory } from '../../app/inventory';
import { lineageOf, type Lineage } from '../../app/lineage';
import type { PendingAction } from '../../app/pending';

/** What the rows of one repaint are made of. */
export interface RowFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly lineage: Lineage;
  /** Names of snapshots by id, also of those not loaded: null when one is gone. */
  readonly names: ReadonlyMap<string, string | null>;
  readonly actions: ReadonlyMap<string, PendingAction>;
}

export function rowFacts(inventory: Inventory, now: number): RowFacts {
  return {
    now,
    lineage: lineageOf(inventory),
    names: inventory.snapshotNames.names.value,
    actions: inventory.pending.actions.value,
  };
}
