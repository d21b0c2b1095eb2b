import type { Database } from 'node-sqlite3-wasm';
import { z } from 'zod';

type Cell = string | number | Uint8Array | null;
/** Objects and lists become JSON text, yes and no 1 and 0; undefined leaves the column out. */
export type Values = Record<string, Cell | boolean | object | undefined>;
export type Table = 'snapshots' | 'boxes' | 'registries';

/** A column of JSON text, read as `shape`. */
export function json<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(shape);
}

/** Column names are the keys of `values`: they come from our code, never from a request. */
export function insertRow(database: Database, table: Table, values: Values): void {
  const columns = written(values);
  const names = columns.map(([name]) => name).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const cells = columns.map(([, cell]) => cell);
  database.run(`INSERT INTO ${table} (${names}) VALUES (${marks})`, cells);
}

/** Writes the given columns of one row, and `updated_at`. No row with this id is no error. */
export function updateRow(database: Database, table: Table, id: string, values: Values): void {
  const columns = written({ ...values, updated_at: new Date().toISOString() });
  const names = columns.map(([name]) => `${name} = ?`).join(', ');
  const cells = columns.map(([, cell]) => cell);
  database.run(`UPDATE ${table} SET ${names} WHERE id = ?`, [...cells, id]);
}

export function countRows(database: Database, table: Table): number {
  return Number(database.get(`SELECT count(*) AS count FROM ${table}`)?.['count'] ?? 0);
}

function written(values: Values): [string, Cell][] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, cellOf(value)] as [string, Cell]],
  );
}

function cellOf(value: Cell | boolean | object): Cell {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    ? JSON.stringify(value)
    : value;
}
