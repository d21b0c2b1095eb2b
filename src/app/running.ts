import type { Inventory } from './inventory';

export interface Running {
  readonly count: number;
  /** Whether more may run than are loaded. */
  readonly isPartial: boolean;
}

/** How many sandboxes run, as far as the loaded rows tell; undefined while they tell nothing, or only of filtered ones. */
export function runningIn({ boxes }: Pick<Inventory, 'boxes'>): Running | undefined {
  const listing = boxes.listing.value;
  if ((listing.state !== 'ready' && listing.state !== 'stale') || boxes.filter !== '') return undefined;
  const { items, nextOffset } = listing.rows;
  return {
    count: items.filter(({ status }) => status === 'ready').length,
    isPartial: nextOffset !== undefined,
  };
}
