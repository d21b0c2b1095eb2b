import { getAbout } from '../../api/local';
import { pause } from '../../api/deadline';
import { ApiError } from '../../api/errors';
import { Transport, type RequestRecord } from '../../api/transport';
import type { LocalKeys } from '../credentials';
import { LocalServerError } from './server-error';
import { readServerFile } from './server-file';
import { startLocalServer, type LocalServerSettings } from './server-start';

const aboutTimeoutMs = 5_000;
const otherStartTimeoutMs = 30_000;
const lookAgainMs = 200;

export type OpenTransport = (endpoint: string) => Transport;

/**
 * A transport to the local server: to the one another window started, or to one started now.
 * @throws {LocalServerError}
 */
export async function reachLocalServer(
  settings: LocalServerSettings,
  keys: LocalKeys,
  onRequest: (record: RequestRecord) => void,
  signal: AbortSignal,
): Promise<{ endpoint: string; transport: Transport }> {
  const open: OpenTransport = (endpoint) => new Transport({ endpoint, apiKey: keys.apiKey, onRequest });
  const found = await findRunning(settings.dataDir, open, signal);
  if (found) return found;
  const started = await startLocalServer(settings, keys, signal);
  if (started.kind === 'started') {
    return { endpoint: started.endpoint, transport: open(started.endpoint) };
  }
  return waitForOther(settings.dataDir, open, signal);
}

/** Another window is starting it at this moment: it will write where it can be found. */
async function waitForOther(dataDir: string, open: OpenTransport, signal: AbortSignal) {
  const endsAt = performance.now() + otherStartTimeoutMs;
  while (performance.now() < endsAt) {
    const found = await findRunning(dataDir, open, signal);
    if (found) return found;
    await pause(lookAgainMs, signal);
  }
  throw new LocalServerError('local-silent');
}

async function findRunning(dataDir: string, open: OpenTransport, signal: AbortSignal) {
  const written = await readServerFile(dataDir);
  if (!written || !isAlive(written.pid)) return undefined;
  const { endpoint } = written;
  const transport = open(endpoint);
  try {
    await getAbout(transport, { signal, timeoutMs: aboutTimeoutMs });
    return { endpoint, transport };
  } catch (error) {
    await transport.close();
    signal.throwIfAborted();
    if (error instanceof ApiError && error.kind === 'unauthorized') {
      throw new LocalServerError('local-key-refused', [String(written.pid)]);
    }
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** So that our key is not shown to a stranger who got the port of a server that is gone. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
