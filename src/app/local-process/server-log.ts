import { mkdir, open, stat, truncate } from 'node:fs/promises';
import path from 'node:path';

const largestLog = 4 * 1024 * 1024;

export function serverLogPath(dataDir: string): string {
  return path.join(dataDir, 'server.log');
}

export interface ServerLog {
  /** For the server's stderr. */
  readonly fd: number;
  /** The lines written since it was opened. */
  newLines(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens the log at its end; one that has grown large starts anew. Only this user can read it. */
export async function openServerLog(dataDir: string): Promise<ServerLog> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = serverLogPath(dataDir);
  const handle = await open(file, 'a+', 0o600);
  if ((await handle.stat()).size > largestLog) await truncate(file);
  const start = (await handle.stat()).size;
  return {
    fd: handle.fd,
    async newLines() {
      const length = Math.max(0, (await stat(file)).size - start);
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.toString('utf8').split(/\r?\n/).filter(Boolean);
    },
    close: () => handle.close(),
  };
}
