import type { Context } from 'hono';
import { z } from 'zod';
import { invalidRequest } from '../failure';
import type { ListQuery, ListStart } from '../store/list';

const mostRows = 500;
const defaultRows = 50;

export interface ListRules {
  /** Columns it can be sorted by. */
  sortKeys: string[];
  /** Absent where there is no status to filter by. */
  statuses?: string[];
  hasLabels: boolean;
  /** Bounds of `page_size`; those of `limit` are the same everywhere. */
  pageSize?: { most: number; usual: number };
}

const cursorShape = z.object({
  by: z.string(),
  down: z.boolean(),
  value: z.union([z.string(), z.number()]),
  seq: z.number(),
});

/**
 * Both paging styles of the wire: `page_size` with an opaque `cursor`, and the older `limit` with `offset`.
 * Throws 400 for a parameter that does not fit.
 */
export function listQuery(context: Context, rules: ListRules): ListQuery {
  const query = (name: string): string | undefined => context.req.query(name) || undefined;
  const sortBy = query('sort_by') ?? 'created_at';
  refuseUnless(rules.sortKeys.includes(sortBy), `sort_by must be one of ${rules.sortKeys.join(', ')}.`);
  const order = query('sort_order') ?? query('sort_direction') ?? 'desc';
  refuseUnless(order === 'asc' || order === 'desc', 'sort_order must be asc or desc.');
  const status = query('status');
  if (status) refuseUnlessStatus(status, rules.statuses);
  const labels = (context.req.queries('label') ?? []).map(labelFilter);
  refuseUnless(labels.length === 0 || rules.hasLabels, 'This list has no labels to filter by.');
  // Whatever is here was created by the one user there is.
  refuseUnless((query('created_by') ?? 'me') === 'me', 'created_by can only be me.');
  const descending = order === 'desc';
  return {
    sortBy,
    descending,
    status,
    nameContains: query('name_contains'),
    labels,
    limit: rowsOf(query, rules),
    start: startOf(query('cursor'), query('offset'), sortBy, descending),
  };
}

function refuseUnlessStatus(status: string, statuses: string[] | undefined): void {
  refuseUnless(statuses !== undefined, 'This list has no status to filter by.');
  refuseUnless(statuses?.includes(status) ?? false, `status must be one of ${statuses?.join(', ')}.`);
}

function rowsOf(query: (name: string) => string | undefined, { pageSize }: ListRules): number {
  const isOldStyle = query('limit') !== undefined || query('offset') !== undefined;
  if (isOldStyle && query('page_size') === undefined)
    return wholeNumber('limit', query('limit'), 1, mostRows) ?? defaultRows;
  const { most, usual } = pageSize ?? { most: mostRows, usual: defaultRows };
  return wholeNumber('page_size', query('page_size'), 1, most) ?? usual;
}

/** Where the next page starts, for the caller to hand back. */
export function cursorOf(query: ListQuery, next: { value: string | number; seq: number }): string {
  const cursor = { by: query.sortBy, down: query.descending, ...next };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function startOf(
  cursor: string | undefined,
  offset: string | undefined,
  sortBy: string,
  descending: boolean,
): ListStart {
  if (cursor === undefined) return { offset: wholeNumber('offset', offset, 0, Number.MAX_SAFE_INTEGER) ?? 0 };
  const parsed = cursorShape.safeParse(decoded(cursor));
  const fits = parsed.success && parsed.data.by === sortBy && parsed.data.down === descending;
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
