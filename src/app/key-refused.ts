import type { Inventory } from './inventory';
import type { Listing } from './listing';

/** Whether the server refuses the key by which the lists are asked for. */
export function isKeyRefused({ boxes, snapshots }: Inventory): boolean {
  return [boxes.listing.value, snapshots.listing.value].some(isRefused);
}

function isRefused(listing: Listing<unknown>): boolean {
  return 'failure' in listing && listing.failure.cause === 'unauthorized';
}
