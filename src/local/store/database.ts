import { rmSync } from 'node:fs';
import { Database } from 'node-sqlite3-wasm';
import { migrate } from './migrations';

export type { Database } from 'node-sqlite3-wasm';

/**
 * Opens the store of a data directory, making or upgrading it. The caller holds the directory's instance lock:
 * this SQLite marks its own lock by a folder that outlives `kill -9`, so one that is found here is stale.
 * FULL makes every commit reach the disk before the call returns.
 */
export function openDatabase(file: string): Database {
  rmSync(`${file}.lock`, { recursive: true, force: true });
  const database = new Database(file);
  // EXCLUSIVE comes first: this SQLite has no shared memory, without which only a sole owner can have a WAL.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  migrate(database);
  return database;
}

/** All of `work`'s writes or none of them. Must not be nested. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
