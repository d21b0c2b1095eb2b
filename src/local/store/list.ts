import type { Database } from './database';
import type { Table } from './rows';

export interface ListFilter {
  nameContains?: string;
  status?: string;
  /** All must match: a key, or a key with its value. */
  labels?: { key: string; value?: string }[];
}

export interface ListOrder {
  /** A column of the table. From our own list of sort keys, never a request's text. */
  sortBy: string;
  descending: boolean;
}

/** Where a page starts: behind this row of the same order, or after so many rows. */
export type ListStart = { after: ListPosition } | { offset: number };
export interface ListPosition {
  value: string | number;
  seq: number;
}

export interface ListQuery extends ListFilter, ListOrder {
  start: ListStart;
  limit: number;
}

export interface RowPage {
  rows: Record<string, unknown>[];
  /** The last row's place when more rows follow. */
  next?: ListPosition;
}

/** One page of a table. `select` names the columns; the table's `seq` is always among them. */
export function listRows(database: Database, table: Table, select: string, query: ListQuery): RowPage {
  const key = `coalesce(${table}.${query.sortBy}, '')`;
  const direction = query.descending ? 'DESC' : 'ASC';
  const conditions = filters(table, query);
  if ('after' in query.start) {
    const beyond = query.descending ? '<' : '>';
    const { value, seq } = query.start.after;
    conditions.push({ sql: `(${key}, ${table}.seq) ${beyond} (?, ?)`, values: [value, seq] });
  }
  const where = conditions.map(({ sql }) => ` AND ${sql}`).join('');
  const rows = database.all(
    `SELECT ${select}, ${key} AS sort_value FROM ${table} WHERE 1 ${where}
     ORDER BY ${key} ${direction}, ${table}.seq ${direction} LIMIT ? OFFSET ?`,
    [
      ...conditions.flatMap(({ values }) => values),
      query.limit + 1,
      'offset' in query.start ? query.start.offset : 0,
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  if (!last) return { rows: page };
  return { rows: page, next: { value: last['sort_value'] as string | number, seq: last['seq'] as number } };
}

interface Condition {
  sql: string;
  values: (string | number)[];
}

function filters(table: Table, filter: ListFilter): Condition[] {
  const conditions: Condition[] = [];
  if (filter.nameContains) {
    conditions.push({ sql: `instr(lower(${table}.name), lower(?)) > 0`, values: [filter.nameContains] });
  }
  if (filter.status) conditions.push({ sql: `${table}.status = ?`, values: [filter.status] });
  for (const { key, value } of filter.labels ?? []) {
    const match = value === undefined ? 'key = ?' : 'key = ? AND value = ?';
    conditions.push({
      sql: `EXISTS (SELECT 1 FROM json_each(${table}.labels) WHERE ${match})`,
      values: value === undefined ? [key] : [key, value],
    });
  }
  return conditions;
}
