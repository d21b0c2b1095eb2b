import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LocalKeys } from '../credentials';
import { LocalServerError } from './server-error';
import { openServerLog, type ServerLog } from './server-log';

export interface LocalServerSettings {
  /** Ours, which a server that runs already may not have. */
  readonly version: string;
  /** The bundle `local-server.js`. */
  readonly program: string;
  /** What runs it: the editor's own Node, or Electron standing in for it. */
  readonly execPath: string;
  readonly dataDir: string;
  /** From the settings; absent means the server looks for an engine itself. */
  readonly engineUrl?: string;
}

const lingerSeconds = 300;
const exitNoEngine = 3;
const exitAlreadyRunning = 4;
const startTimeoutMs = 60_000;
const linesShown = 20;

export type Started = { kind: 'started'; endpoint: string } | { kind: 'runs-already' };

/**
 * Starts the local server as a process of its own that outlives this window and ends itself some minutes
 * after the last window let go of it. Aborting the signal before it is ready ends it.
 * @throws {LocalServerError} no engine, ended early, or not ready within a minute
 */
export async function startLocalServer(
  settings: LocalServerSettings,
  keys: LocalKeys,
  signal: AbortSignal,
): Promise<Started> {
  const log = await openServerLog(settings.dataDir);
  const deadline = AbortSignal.timeout(startTimeoutMs);
  const limit = AbortSignal.any([signal, deadline]);
  const server = launch(settings, keys, log.fd);
  try {
    const first = await Promise.race([readyEndpoint(server.stdout), endOf(server), abortOf(limit)]);
    if (typeof first === 'string') return letGo(server, first);
    if (first === exitAlreadyRunning) return { kind: 'runs-already' };
    throw await earlyEnd(first, log);
  } catch (error) {
    server.kill();
    throw deadline.aborted && !signal.aborted ? new LocalServerError('local-silent') : error;
  } finally {
    await log.close();
  }
}

type Server = ChildProcess & { stdin: NonNullable<ChildProcess['stdin']>; stdout: Readable };

function launch(settings: LocalServerSettings, keys: LocalKeys, stderr: number): Server {
  const args = ['--data-dir', settings.dataDir, '--linger', String(lingerSeconds), '--seal-key-stdin'];
  if (settings.engineUrl) args.push('--engine', settings.engineUrl);
  const server = spawn(settings.execPath, [settings.program, ...args], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', stderr],
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '',
      LANGSMITH_API_KEY: keys.apiKey.reveal(),
    },
  }) as Server;
  server.stdin.on('error', () => undefined).end(`${keys.sealKey.reveal()}\n`);
  return server;
}

/** The endpoint of the one JSON line the server prints; never settles when it ends without one. */
async function readyEndpoint(stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const ready = JSON.parse(line) as { endpoint: string };
    return ready.endpoint;
  }
  return new Promise(() => undefined);
}

/** The exit code; null when a signal ended it. */
async function endOf(server: Server): Promise<number | null> {
  const [code] = (await once(server, 'exit')) as [number | null];
  return code;
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

async function earlyEnd(code: number | null, log: ServerLog): Promise<LocalServerError> {
  const lines = (await log.newLines()).slice(-linesShown);
  return new LocalServerError(code === exitNoEngine ? 'no-engine' : 'local-exited', lines);
}

function letGo(server: Server, endpoint: string): Started {
  server.stdout.destroy();
  server.unref();
  return { kind: 'started', endpoint };
}
