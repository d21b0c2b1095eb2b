import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Where what is costly to make is kept: the editor host, the engine's data. Shared by every clone on the machine.
 * @param {string[]} parts a folder below it
 * @returns {string} the folder, which exists
 */
export function cacheFolder(...parts) {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const root = process.env.LANGSMITH_SANDBOXES_DEV_CACHE || path.join(base, 'langsmith-sandboxes-dev');
  const folder = path.join(path.resolve(root), ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
