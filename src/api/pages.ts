import type { ListEnvelope } from './types';

export interface Page<T> {
  items: T[];
  /** Where the next page starts; absent on the last page. */
  nextOffset?: number;
}

/**
 * Reads either paging style. `next_cursor` null is the end where the server sends one;
 * an older server tells it by `offset` 0, or by a page shorter than what was asked for.
 */
export function readPage<T>(
  envelope: ListEnvelope<T>,
  legacyItems: T[] | null | undefined,
  asked: { limit?: number; offset?: number },
): Page<T> {
  const items = envelope.items ?? legacyItems ?? [];
  const start = asked.offset ?? 0;
  const next = envelope.offset ?? 0;
  if (envelope.next_cursor === null || items.length === 0) return { items };
  if (next > start) return { items, nextOffset: next };
  const isFull = asked.limit !== undefined && items.length >= asked.limit;
  return isFull || envelope.next_cursor !== undefined
    ? { items, nextOffset: start + items.length }
    : { items };
}
