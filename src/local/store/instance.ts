import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from './database';

/**
 * The random name of this data directory: what it owns in an engine bears it, so several servers can share one engine.
 * Lower-case letters and digits, fit for an image name.
 */
export function instanceOf(database: Database): string {
  database.run("INSERT OR IGNORE INTO facts (name, value) VALUES ('instance', ?)", [
    randomBytes(6).toString('hex'),
  ]);
  const row = database.get("SELECT value FROM facts WHERE name = 'instance'");
  return z.object({ value: z.string() }).parse(row).value;
}
