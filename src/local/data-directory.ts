import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What lies in a data directory. */
export interface DataDirectory {
  folder: string;
  database: string;
  sealKey: string;
  spool: string;
  lock: string;
  /** `{pid, endpoint, started_at}` of the server that runs now. */
  announcement: string;
}

/** Makes the folder, for its owner only. */
export function dataDirectory(folder: string): DataDirectory {
  const absolute = path.resolve(folder);
  mkdirSync(absolute, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(absolute, 0o700);
  return {
    folder: absolute,
    database: path.join(absolute, 'sandboxes.db'),
    sealKey: path.join(absolute, 'seal.key'),
    spool: path.join(absolute, 'spool'),
    lock: path.join(absolute, 'server.lock'),
    announcement: path.join(absolute, 'server.json'),
  };
}

/** Removes what an earlier server had kept of uploads and downloads. The caller holds the instance lock. */
export function emptySpool({ spool }: DataDirectory): void {
  rmSync(spool, { recursive: true, force: true });
  mkdirSync(spool, { mode: 0o700 });
}

/** Where the state of a user's programs belongs on each system. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = os.homedir(),
): string {
  const name = 'langsmith-sandboxes';
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), name);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', name);
  return path.join(env['XDG_STATE_HOME'] || path.join(home, '.local', 'state'), name);
}
