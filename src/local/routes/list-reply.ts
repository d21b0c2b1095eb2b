import type { ListPosition, ListQuery } from '../store/list';
import { cursorOf, type ListKey } from './list-query';

/** The wire's list in both styles at once: `items` and `next_cursor`, and the older `offset` and the resource's key. */
export function listReply(
  key: ListKey,
  items: unknown[],
  query: ListQuery,
  next: ListPosition | undefined,
): Record<string, unknown> {
  const hasOffset = next !== undefined && 'offset' in query.start;
  return {
    items,
    next_cursor: next ? cursorOf(key, query, next) : null,
    offset: hasOffset && 'offset' in query.start ? query.start.offset + items.length : 0,
    [key]: items,
  };
}
