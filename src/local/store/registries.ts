import { z } from 'zod';
import type { Database } from './database';
import { listRows, type ListPosition, type ListQuery } from './list';
import { insertRow, updateRow } from './rows';

const registryRow = z.object({
  seq: z.number(),
  id: z.string(),
  name: z.string(),
  /** Host, with a port and a path where there are any; no scheme. */
  url: z.string(),
  username: z.string().nullable(),
  sealed_password: z.instanceof(Uint8Array).nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type RegistryRecord = z.infer<typeof registryRow>;
export type RegistryChanges = Partial<Omit<RegistryRecord, 'seq' | 'id' | 'created_at' | 'updated_at'>>;
export type NewRegistry = Omit<RegistryRecord, 'seq' | 'created_at' | 'updated_at'>;

/** Throws when the name is taken: look first. */
export function insertRegistry(database: Database, registry: NewRegistry): RegistryRecord {
  const now = new Date().toISOString();
  insertRow(database, 'registries', { ...registry, created_at: now, updated_at: now });
  const inserted = findRegistry(database, registry.id);
  if (!inserted) throw new Error('The row that was just written is not there.');
  return inserted;
}

export function updateRegistry(database: Database, id: string, changes: RegistryChanges): void {
  updateRow(database, 'registries', id, changes);
}

export function deleteRegistryRow(database: Database, id: string): void {
  database.run('DELETE FROM registries WHERE id = ?', [id]);
}

/** By id (in capitals too) or name; a name never looks like an id. */
export function findRegistry(database: Database, idOrName: string): RegistryRecord | undefined {
  const row = database.get('SELECT * FROM registries WHERE id = ? OR name = ?', [
    idOrName.toLowerCase(),
    idOrName,
  ]);
  return row ? registryRow.parse(row) : undefined;
}

export function listRegistries(
  database: Database,
  query: ListQuery,
): { records: RegistryRecord[]; next?: ListPosition } {
  const { rows, next } = listRows(database, 'registries', 'registries.*', query);
  return { records: rows.map((row) => registryRow.parse(row)), next };
}
