import type { ListEnvelope } from './types';

export interface PageQuery {
  page_size?: number;
  cursor?: string;
  limit?: number;
  offset?: number;
}

/** A page of ours, where the caller doesn't say: fewer round trips than the server's own default, and every server takes it. */
const pageSize = 100;

/**
 * Every item of a list, page by page as they are taken. A cursor leads on while there is one, over empty pages too;
 * a server without cursors tells the next offset, and 0 on its last page. A page that leads to itself ends it.
 */
export async function* allPages<T, Query extends PageQuery, Envelope extends ListEnvelope<T>>(
  query: Query,
  read: (query: Query) => Promise<Envelope>,
  itemsOfOlder: (envelope: Envelope) => T[] | null | undefined,
): AsyncGenerator<T, void> {
  const first = query.limit === undefined ? { page_size: pageSize, ...query } : query;
  let next: Query | undefined = first;
  while (next) {
    const envelope: Envelope = await read(next);
    yield* envelope.items ?? itemsOfOlder(envelope) ?? [];
    next = following(first, next, envelope);
  }
}

/** Where the page behind an answer is asked for; undefined behind the last. */
export function following<Query extends PageQuery>(
  first: Query,
  asked: Query,
  { next_cursor, offset }: ListEnvelope<unknown>,
): Query | undefined {
  if (next_cursor === null) return undefined;
  if (next_cursor !== undefined && next_cursor !== '') {
    return next_cursor === asked.cursor ? undefined : { ...first, offset: undefined, cursor: next_cursor };
  }
  return (offset ?? 0) > (asked.offset ?? 0) ? { ...first, offset: offset ?? 0 } : undefined;
}
