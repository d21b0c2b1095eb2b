import type { Inventory } from '../../app/inventory';
import { lineageOf, type Lineage } from '../../app/lineage';
import type { PendingAction } from '../../app/pending';
import type { ServiceFacts } from '../../app/services/port-facts';
import type { FileFacts } from './file-rows';

/** What this window knows of the insides of sandboxes. */
export interface InsideFacts {
  readonly services: ServiceFacts;
  readonly files: FileFacts;
}

/** What the rows of one repaint are made of. */
export interface RowFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly lineage: Lineage;
  /** Names of snapshots by id, also of those not loaded: null when one is gone. */
  readonly names: ReadonlyMap<string, string | null>;
  readonly actions: ReadonlyMap<string, PendingAction>;
  /** Where sandboxes are shown. */
  readonly inside?: InsideFacts;
}

export function rowFacts(inventory: Inventory, now: number, inside?: InsideFacts): RowFacts {
  return {
    now,
    lineage: lineageOf(inventory),
    names: inventory.snapshotNames.names.value,
    actions: inventory.pending.actions.value,
    inside,
  };
}
