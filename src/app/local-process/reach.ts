import { getAbout } from '../../api/local';
import { pause } from '../../api/deadline';
import { ApiError } from '../../api/errors';
import { Transport } from '../../api/transport';
import type { LocalKeys } from '../credentials';
import type { Log } from '../log';
import { isProcessAlive } from '../process-alive';
import { LocalServerError } from './server-error';
import { readServerFile } from './server-file';
import { startLocalServer, type LocalServerSettings } from './server-start';

const aboutTimeoutMs = 5_000;
const otherStartTimeoutMs = 30_000;
const lookAgainMs = 200;

interface Search {
  readonly settings: LocalServerSettings;
  readonly open: (endpoint: string) => Transport;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * A transport to the local server: to the one another window started, or to one started now. One that runs already is
 * taken whatever its version is, for other windows need it; the log tells when it is not ours.
 * @throws {LocalServerError}
 */
export async function reachLocalServer(
  settings: LocalServerSettings,
  keys: LocalKeys,
  log: Pick<Log, 'request' | 'warn'>,
  signal: AbortSignal,
): Promise<{ endpoint: string; transport: Transport }> {
  const open = (endpoint: string): Transport =>
    new Transport({ endpoint, apiKey: keys.apiKey, onRequest: log.request });
  const search: Search = { settings, open, log };
  const found = await findRunning(search, signal);
  if (found) return found;
  const started = await startLocalServer(settings, keys, signal);
  if (started.kind === 'started') {
    return { endpoint: started.endpoint, transport: open(started.endpoint) };
  }
  return waitForOther(search, signal);
}

/** Another window is starting it at this moment: it will write where it can be found. */
async function waitForOther(search: Search, signal: AbortSignal) {
  const endsAt = performance.now() + otherStartTimeoutMs;
  while (performance.now() < endsAt) {
    const found = await findRunning(search, signal);
    if (found) return found;
    await pause(lookAgainMs, signal);
  }
  throw new LocalServerError('local-silent');
}

async function findRunning({ settings, open, log }: Search, signal: AbortSignal) {
  const written = await readServerFile(settings.dataDir);
  // So that our key is not shown to a stranger who got the port of a server that is gone.
  if (!written || !isProcessAlive(written.pid)) return undefined;
  const { endpoint } = written;
  const transport = open(endpoint);
  try {
    const { version } = await getAbout(transport, { signal, timeoutMs: aboutTimeoutMs });
    if (version !== settings.version) {
      log.warn(
        `The local server that runs is of version ${version}, this extension of ${settings.version}. ` +
          'It ends by itself 5 minutes after its last window; the next one is started anew.',
      );
    }
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
