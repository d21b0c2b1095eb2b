import type { Context } from 'hono';
import { z } from 'zod';
import { invalidRequest } from '../failure';
import type { ListOrder, ListPosition, ListQuery, ListStart } from '../store/list';

const mostRows = 500;
const defaultRows = 50;

export type ListKey = 'snapshots' | 'sandboxes' | 'registries';

export interface ListRules {
  /** Its name in replies; its cursors are of no use elsewhere. */
  key: ListKey;
  /** Columns it can be sorted by. */
  sortKeys: string[];
  /** Absent where there is no status to filter by. */
  statuses?: string[];
  hasLabels: boolean;
  /** Bounds of `page_size`, where the wire tells them; otherwise ASSUMED those of `limit`, which are the same everywhere. */
  pageSize?: { most: number; usual: number };
}

const cursorShape = z.object({
  of: z.string(),
  by: z.string(),
  down: z.boolean(),
  value: z.union([z.string(), z.number()]),
  seq: z.int(),
});

/**
 * Both paging styles of the wire: `page_size` with an opaque `cursor`, and the older `limit` with `offset`.
 * Throws 400 for a parameter that does not fit.
 */
export function listQuery(context: Context, rules: ListRules): ListQuery {
  const query: Query = (name) => context.req.query(name) || undefined;
  const sortBy = query('sort_by') ?? 'created_at';
  refuseUnless(rules.sortKeys.includes(sortBy), `sort_by must be one of ${rules.sortKeys.join(', ')}.`);
  const status = query('status');
  if (status) refuseUnlessStatus(status, rules.statuses);
  const labels = (context.req.queries('label') ?? []).filter((text) => text !== '').map(labelFilter);
  refuseUnless(labels.length === 0 || rules.hasLabels, 'This list has no labels to filter by.');
  // Whatever is here was created by the one user there is.
  refuseUnless((query('created_by') ?? 'me') === 'me', 'created_by can only be me.');
  const order = { sortBy, descending: isDescending(query) };
  return {
    ...order,
    status,
    nameContains: query('name_contains'),
    labels,
    limit: rowsOf(query, rules),
    start: startOf(query, rules.key, order),
  };
}

function refuseUnlessStatus(status: string, statuses: string[] | undefined): void {
  refuseUnless(statuses !== undefined, 'This list has no status to filter by.');
  refuseUnless(statuses?.includes(status) ?? false, `status must be one of ${statuses?.join(', ')}.`);
}

type Query = (name: string) => string | undefined;

/** `sort_direction` is the older name. */
function isDescending(query: Query): boolean {
  for (const name of ['sort_order', 'sort_direction'])
    refuseUnless(['asc', 'desc'].includes(query(name) ?? 'desc'), `${name} must be asc or desc.`);
  return (query('sort_order') ?? query('sort_direction') ?? 'desc') === 'desc';
}

/** `page_size` wins over `limit`. */
function rowsOf(query: Query, { pageSize }: ListRules): number {
  const { most, usual } = pageSize ?? { most: mostRows, usual: defaultRows };
  const limit = wholeNumber('limit', query('limit'), 1, mostRows);
  const size = wholeNumber('page_size', query('page_size'), 1, most);
  const isOldStyle = limit !== undefined || query('offset') !== undefined;
  return size ?? limit ?? (isOldStyle ? defaultRows : usual);
}

/** Where the next page starts, for the caller to hand back. */
export function cursorOf(key: ListKey, { sortBy, descending }: ListOrder, next: ListPosition): string {
  const cursor = { of: key, by: sortBy, down: descending, ...next };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function startOf(query: Query, key: ListKey, { sortBy, descending }: ListOrder): ListStart {
  const offset = wholeNumber('offset', query('offset'), 0, Number.MAX_SAFE_INTEGER);
  const cursor = query('cursor');
  if (cursor === undefined) return { offset: offset ?? 0 };
  refuseUnless(offset === undefined, 'Give cursor or offset, not both.');
  const parsed = cursorShape.safeParse(decoded(cursor));
  const isOurs = parsed.success && parsed.data.of === key;
  const fits = isOurs && parsed.data.by === sortBy && parsed.data.down === descending;
  if (!fits) throw invalidRequest('cursor is not one that this list gave for this order. Start without one.');
  return { after: { value: parsed.data.value, seq: parsed.data.seq } };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `key`, or `key=value`. */
function labelFilter(text: string): { key: string; value?: string } {
  const equals = text.indexOf('=');
  refuseUnless(equals !== 0, 'label must be key or key=value.');
  return equals < 0 ? { key: text } : { key: text.slice(0, equals), value: text.slice(equals + 1) };
}

function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`;
  refuseUnless(number >= least && number <= most, `${name} must be a whole number ${range}.`);
  return number;
}

function refuseUnless(fits: boolean, sentence: string): void {
  if (!fits) throw invalidRequest(sentence);
}
