import type { Page } from '../api/pages';
import type { Failure } from './failure';

export interface Resource {
  readonly id: string;
  readonly name: string;
}

/** The rows loaded so far, in the server's order: newest first. */
export interface Rows<T> {
  readonly items: readonly T[];
  /** Where the next page starts; absent when everything is loaded. */
  readonly nextOffset?: number;
}

/**
 * What is known of one kind of resource. `at` is when the server last answered, in epoch milliseconds.
 * A failed refresh keeps the last good rows; `failed` is a first load that never came.
 */
export type Listing<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly rows: Rows<T>; readonly at: number }
  | { readonly state: 'stale'; readonly rows: Rows<T>; readonly at: number; readonly failure: Failure }
  | { readonly state: 'failed'; readonly failure: Failure };

export function rowsOf<T>(listing: Listing<T>): Rows<T> {
  return listing.state === 'ready' || listing.state === 'stale' ? listing.rows : { items: [] };
}

export function failed<T>(listing: Listing<T>, failure: Failure): Listing<T> {
  if (listing.state === 'loading' || listing.state === 'failed') return { state: 'failed', failure };
  return { state: 'stale', rows: listing.rows, at: listing.at, failure };
}

/** The rows with a further page; one that is in both, or twice in the page, stands where it came first. */
export function appended<T extends Resource>(rows: Rows<T>, page: Page<T>): Rows<T> {
  const byId = new Map([...rows.items, ...page.items].map((item) => [item.id, item]));
  return { items: [...byId.values()], nextOffset: page.nextOffset };
}

/** The rows with one resource replaced where it stands, or put first when it is not there yet. */
export function upserted<T extends Resource>(rows: Rows<T>, item: T): Rows<T> {
  const index = rows.items.findIndex(({ id }) => id === item.id);
  if (index >= 0) return { ...rows, items: rows.items.with(index, item) };
  return { items: [item, ...rows.items], nextOffset: shifted(rows.nextOffset, 1) };
}

export function removed<T extends Resource>(rows: Rows<T>, id: string): Rows<T> {
  const items = rows.items.filter((item) => item.id !== id);
  if (items.length === rows.items.length) return rows;
  return { items, nextOffset: shifted(rows.nextOffset, -1) };
}

/** Pages are counted from the newest: one row more or less at the head moves where the next page starts. */
function shifted(offset: number | undefined, by: number): number | undefined {
  return offset === undefined ? undefined : Math.max(0, offset + by);
}
