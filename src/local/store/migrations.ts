import type { Database } from 'node-sqlite3-wasm';

/**
 * The schema, one step a version; SQLite's `user_version` counts the steps taken. A step that was released never changes.
 * Maps and lists are JSON text, timestamps RFC 3339 text in UTC with milliseconds, so text order is time order.
 * `seq` is the order of creation: the tie-break of every sort.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    status_message TEXT,
    description TEXT,
    docker_image TEXT,
    image_digest TEXT,
    registry_id TEXT,
    source_sandbox_id TEXT,
    fs_capacity_bytes INTEGER NOT NULL,
    fs_used_bytes INTEGER,
    labels TEXT NOT NULL,
    run_config TEXT NOT NULL,
    entrypoint TEXT NOT NULL,
    cmd TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX snapshots_by_name ON snapshots (name);

  CREATE TABLE tags (
    name TEXT NOT NULL,
    tag TEXT NOT NULL,
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
    PRIMARY KEY (name, tag)
  ) STRICT;
  CREATE INDEX tags_by_snapshot ON tags (snapshot_id);

  CREATE TABLE boxes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    status_message TEXT,
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    idle_ttl_seconds INTEGER NOT NULL,
    delete_after_stop_seconds INTEGER NOT NULL,
    stopped_at TEXT,
    vcpus INTEGER,
    cpu_millicores INTEGER,
    mem_bytes INTEGER,
    fs_capacity_bytes INTEGER NOT NULL,
    labels TEXT NOT NULL,
    run_config TEXT NOT NULL,
    env_vars TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX boxes_by_snapshot ON boxes (snapshot_id);

  CREATE TABLE registries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    username TEXT,
    sealed_password BLOB,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE borrowed_names (
    reference TEXT PRIMARY KEY,
    snapshot_id TEXT NOT NULL,
    previous_image_id TEXT
  ) STRICT;
  `,
  'ALTER TABLE borrowed_names ADD COLUMN pulled_image_id TEXT',
  `
  CREATE TABLE service_urls (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    box_id TEXT NOT NULL REFERENCES boxes (id) ON DELETE CASCADE,
    port INTEGER NOT NULL,
    embed_origins TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    UNIQUE (box_id, port)
  ) STRICT;
  `,
  `
  ALTER TABLE boxes ADD COLUMN last_used_at TEXT;
  ALTER TABLE boxes ADD COLUMN persistent INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE boxes ADD COLUMN preserve_memory_on_stop INTEGER NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE boxes ADD COLUMN proxy_config TEXT;
  ALTER TABLE boxes ADD COLUMN proxy_secrets TEXT NOT NULL DEFAULT '{}';
  `,
  `
  ALTER TABLE snapshots ADD COLUMN exposed_ports TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE snapshots ADD COLUMN included TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE snapshots ADD COLUMN carried TEXT NOT NULL DEFAULT '{}';
  `,
  `
  ALTER TABLE snapshots ADD COLUMN proxy_config TEXT;
  ALTER TABLE snapshots ADD COLUMN proxy_secrets TEXT NOT NULL DEFAULT '{}';
  `,
];

/** Takes the steps that are missing, each in a transaction. Throws on a store made by a newer version. */
export function migrate(database: Database): void {
  const taken = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (taken > steps.length) {
    throw new Error(
      'The data directory was written by a newer version of LangSmith Sandboxes. Update this one.',
    );
  }
  for (const [offset, step] of steps.slice(taken).entries()) {
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${taken + offset + 1}; COMMIT`);
  }
}
