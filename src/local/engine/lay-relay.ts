import { statPath, putArchive } from './archive';
import type { Connection } from './connection';
import { relayArchive } from './program-archive';
import { relayPath } from './relay/relay';

/** A container made by an older version of this server has none, or another one. */
export async function layRelay(connection: Connection, id: string, signal: AbortSignal): Promise<string> {
  if (!(await statPath(connection, id, relayPath, signal))) {
    await putArchive(connection, id, '/', relayArchive(connection.info.architecture), signal);
  }
  return relayPath;
}
