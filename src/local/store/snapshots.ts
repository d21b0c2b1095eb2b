import { z } from 'zod';
import type { ProxyConfig } from '../../api/wire/proxy-config';
import { inTransaction, type Database } from './database';
import { listRows, type ListPosition, type ListQuery } from './list';
import { insertRow, json, updateRow } from './rows';
import { carriedSettings, stringMap, storedRunConfig } from './shapes';

const snapshotRow = z.object({
  seq: z.number(),
  id: z.string(),
  name: z.string(),
  status: z.enum(['building', 'ready', 'failed', 'deleting']),
  status_message: z.string().nullable(),
  tags: json(z.array(z.string())),
  description: z.string().nullable(),
  docker_image: z.string().nullable(),
  image_digest: z.string().nullable(),
  registry_id: z.string().nullable(),
  source_sandbox_id: z.string().nullable(),
  fs_capacity_bytes: z.number(),
  fs_used_bytes: z.number().nullable(),
  labels: json(stringMap),
  run_config: json(storedRunConfig),
  /** The image's own process, kept for its captures: a sandbox runs an idle process instead. */
  entrypoint: json(z.array(z.string())),
  cmd: json(z.array(z.string())),
  /** `8080/tcp` each. */
  exposed_ports: json(z.array(z.string())),
  /** Names of the sandbox's settings that a capture was asked to carry. */
  included: json(z.array(z.string())),
  carried: json(carriedSettings),
  /** The captured sandbox's, in its form, for the sandboxes that are made from this one. */
  proxy_config: json(z.custom<ProxyConfig>()).nullable(),
  proxy_secrets: json(stringMap),
  created_at: z.string(),
  updated_at: z.string(),
});

export type SnapshotRecord = z.infer<typeof snapshotRow>;
export type SnapshotChanges = Partial<
  Omit<SnapshotRecord, 'seq' | 'id' | 'tags' | 'created_at' | 'updated_at'>
>;
export type NewSnapshot = Omit<SnapshotRecord, 'seq' | 'tags' | 'created_at' | 'updated_at'>;

const columns = `snapshots.*, (
  SELECT json_group_array(tag) FROM tags WHERE tags.snapshot_id = snapshots.id
) AS tags`;

/** Adds it and points `tag` of its name to it; an older snapshot that had the tag goes on without. */
export function insertSnapshot(database: Database, snapshot: NewSnapshot, tag: string): SnapshotRecord {
  inTransaction(database, () => {
    const now = new Date().toISOString();
    insertRow(database, 'snapshots', { ...snapshot, created_at: now, updated_at: now });
    database.run('INSERT OR REPLACE INTO tags (name, tag, snapshot_id) VALUES (?, ?, ?)', [
      snapshot.name,
      tag,
      snapshot.id,
    ]);
  });
  return existing(findSnapshot(database, snapshot.id));
}

export function updateSnapshot(database: Database, id: string, changes: SnapshotChanges): void {
  updateRow(database, 'snapshots', id, changes);
}

export function deleteSnapshotRow(database: Database, id: string): void {
  database.run('DELETE FROM snapshots WHERE id = ?', [id]);
}

export function findSnapshot(database: Database, id: string): SnapshotRecord | undefined {
  return one(database, 'id = ?', [id]);
}

export function findTaggedSnapshot(
  database: Database,
  name: string,
  tag: string,
): SnapshotRecord | undefined {
  return one(database, 'id = (SELECT snapshot_id FROM tags WHERE tags.name = ? AND tag = ?)', [name, tag]);
}

/** The newest ready one of this name that no tag points to. */
export function findUntaggedSnapshot(database: Database, name: string): SnapshotRecord | undefined {
  const untagged = 'NOT EXISTS (SELECT 1 FROM tags WHERE snapshot_id = snapshots.id)';
  return one(database, `name = ? AND status = 'ready' AND ${untagged} ORDER BY seq DESC LIMIT 1`, [name]);
}

export function tagsOfName(database: Database, name: string): { tag: string; snapshot_id: string }[] {
  const rows = database.all('SELECT tag, snapshot_id FROM tags WHERE name = ? ORDER BY tag', [name]);
  return z.array(z.object({ tag: z.string(), snapshot_id: z.string() })).parse(rows);
}

export function listSnapshots(
  database: Database,
  query: ListQuery,
): { records: SnapshotRecord[]; next?: ListPosition } {
  const { rows, next } = listRows(database, 'snapshots', columns, query);
  return { records: rows.map((row) => snapshotRow.parse(row)), next };
}

/** In the order of their creation. */
export function allSnapshots(database: Database): SnapshotRecord[] {
  return database.all(`SELECT ${columns} FROM snapshots ORDER BY seq`).map((row) => snapshotRow.parse(row));
}

function one(database: Database, where: string, values: string[]): SnapshotRecord | undefined {
  const row = database.get(`SELECT ${columns} FROM snapshots WHERE ${where}`, values);
  return row ? snapshotRow.parse(row) : undefined;
}

function existing<T>(record: T | undefined): T {
  if (record === undefined) throw new Error('The row that was just written is not there.');
  return record;
}
