import type { Collection } from './collection';
import { rowsOf, type Resource } from './listing';

/** Beyond them the row is looked for by its name. */
const mostPages = 20;

/**
 * Makes the list hold one resource: a filter that hides it is cleared, and further pages are loaded until it comes.
 * One that is too far down is filtered for by its name. False when it is not there.
 */
export async function bringIn<T extends Resource>(
  collection: Collection<T>,
  { id, name }: Resource,
): Promise<boolean> {
  const isThere = (): boolean => collection.find(id) !== undefined;
  if (collection.listing.value.state === 'loading') await collection.refresh();
  if (!isThere()) await collection.setFilter('');
  for (let page = 0; page < mostPages && !isThere(); page++) {
    const listing = collection.listing.value;
    if (listing.state !== 'ready' || rowsOf(listing).nextOffset === undefined) return false;
    await collection.loadMore();
  }
  if (!isThere()) await collection.setFilter(name);
  return isThere();
}
