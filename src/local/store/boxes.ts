import { z } from 'zod';
import type { ProxyConfig } from '../../api/wire/proxy-config';
import type { Database } from './database';
import { listRows, type ListPosition, type ListQuery } from './list';
import { insertRow, json, updateRow } from './rows';
import { storedRunConfig, stringMap } from './shapes';

const boxRow = z.object({
  seq: z.number(),
  id: z.string(),
  name: z.string(),
  status: z.enum(['provisioning', 'ready', 'failed', 'stopped', 'deleting']),
  status_message: z.string().nullable(),
  snapshot_id: z.string(),
  /** 0: never. */
  idle_ttl_seconds: z.number(),
  /** 0: never. */
  delete_after_stop_seconds: z.number(),
  stopped_at: z.string().nullable(),
  /** When a command or a file transfer last used it; null: not yet. */
  last_used_at: z.string().nullable(),
  /** Whether its files outlive a stop. */
  persistent: z.number().transform(Boolean),
  preserve_memory_on_stop: z.number().transform(Boolean),
  vcpus: z.number().nullable(),
  cpu_millicores: z.number().nullable(),
  mem_bytes: z.number().nullable(),
  fs_capacity_bytes: z.number(),
  labels: json(stringMap),
  run_config: json(storedRunConfig),
  env_vars: json(stringMap),
  /** As reads show it: without what is secret. Written by the shapes in `proxy` alone. */
  proxy_config: json(z.custom<ProxyConfig>()).nullable(),
  /** Opaque values, sealed and in base64, by where they stand in it. */
  proxy_secrets: json(stringMap),
  created_at: z.string(),
  updated_at: z.string(),
});

export type BoxRecord = z.infer<typeof boxRow>;
export type BoxChanges = Partial<Omit<BoxRecord, 'seq' | 'id' | 'created_at' | 'updated_at'>>;
export type NewBox = Omit<BoxRecord, 'seq' | 'last_used_at' | 'created_at' | 'updated_at'>;

/** Throws when the name is taken: look first. */
export function insertBox(database: Database, box: NewBox): BoxRecord {
  const now = new Date().toISOString();
  insertRow(database, 'boxes', { ...box, created_at: now, updated_at: now });
  const inserted = findBox(database, box.id);
  if (!inserted) throw new Error('The row that was just written is not there.');
  return inserted;
}

export function updateBox(database: Database, id: string, changes: BoxChanges): void {
  updateRow(database, 'boxes', id, changes);
}

/** Leaves `updated_at` alone: use is no change. */
export function recordUse(database: Database, id: string, at: Date): void {
  database.run('UPDATE boxes SET last_used_at = ? WHERE id = ?', [at.toISOString(), id]);
}

export function deleteBoxRow(database: Database, id: string): void {
  database.run('DELETE FROM boxes WHERE id = ?', [id]);
}

/** By its id (in capitals too) or its name: the wire takes either wherever it names a sandbox. A name never looks like an id. */
export function findBox(database: Database, idOrName: string): BoxRecord | undefined {
  const row = database.get('SELECT * FROM boxes WHERE id = ? OR name = ?', [
    idOrName.toLowerCase(),
    idOrName,
  ]);
  return row ? boxRow.parse(row) : undefined;
}

export function boxesOfSnapshot(database: Database, snapshotId: string): BoxRecord[] {
  return database
    .all('SELECT * FROM boxes WHERE snapshot_id = ? ORDER BY seq', [snapshotId])
    .map((row) => boxRow.parse(row));
}

export function listBoxes(
  database: Database,
  query: ListQuery,
): { records: BoxRecord[]; next?: ListPosition } {
  const { rows, next } = listRows(database, 'boxes', 'boxes.*', query);
  return { records: rows.map((row) => boxRow.parse(row)), next };
}

/** In the order of their creation. */
export function allBoxes(database: Database): BoxRecord[] {
  return database.all('SELECT * FROM boxes ORDER BY seq').map((row) => boxRow.parse(row));
}
