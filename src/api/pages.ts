import { following, type PageQuery } from './all-pages';
import { sandboxesPath } from './endpoint';
import { ApiError } from './errors';
import { defaultTimeoutMs, type CallOptions } from './transport';
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

/** A server that gives so many without an item in between goes round in circles. */
const mostEmptyPages = 100;

/** One page, whose time counts for all that it takes. While there is a cursor one without an item is not the end: then it is the next that has one. */
export async function onePage<T, Query extends PageQuery, Envelope extends ListEnvelope<T>>(
  query: Query,
  read: (query: Query) => Promise<Envelope>,
  itemsOfOlder: (envelope: Envelope) => T[] | null | undefined,
  { timeoutMs = defaultTimeoutMs }: CallOptions = {},
): Promise<Page<T>> {
  let asked = query;
  const endsAt = performance.now() + timeoutMs;
  for (let empty = 0; empty < mostEmptyPages; empty++) {
    const envelope = await read(asked);
    const page = readPage(envelope, itemsOfOlder(envelope), query);
    const next = page.items.length === 0 && envelope.next_cursor && following(query, asked, envelope);
    if (!next) return page;
    if (performance.now() > endsAt) throw endless('deadline', empty + 1);
    asked = next;
  }
  throw endless('server', mostEmptyPages);
}

function endless(kind: 'deadline' | 'server', pages: number): ApiError {
  const message = `The list gave ${pages} pages without an item and says that it goes on`;
  return new ApiError(message, { kind, method: 'GET', path: sandboxesPath });
}
