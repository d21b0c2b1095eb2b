import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startChild } from './child';
import { testEnvironment } from './env';

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  apiKey: string;
  dataDir: string;
  pid: number;
  /** All it has logged so far. */
  stderr(): string;
  /** Asks it to end; gives its exit code (or the signal that ended it). The data folder stays. */
  stop(): Promise<number | string>;
  /** Ends it as a crash would, and waits until it is gone. */
  kill9(): Promise<void>;
}

export interface LocalServerOptions {
  /** A folder to start over; a new one in the temp folder unless given. */
  dataDir?: string;
  /** Made up unless given. */
  apiKey?: string;
  /** The test engine unless given. */
  engine?: string;
  /** The server's bundle, for tests that are bundled themselves. */
  program?: string;
  /** Path of the Node to run it with. */
  node?: string;
  /** Added to the environment. */
  env?: Record<string, string>;
  /** Further arguments. */
  args?: string[];
  /** Whether it starts things ahead of time; unless given, it does where LANGSMITH_SANDBOXES_TEST_SPARES is `on`. */
  spares?: boolean;
  /** Text for its stdin, which is empty unless given. */
  input?: string;
}

const entry = path.resolve(__dirname, '../../dist/local-server.js');

/** Starts the built local server on a free port, with its own data folder and key unless told otherwise. */
export async function startLocalServer(options: LocalServerOptions = {}): Promise<LocalServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-server-')));
  const apiKey = options.apiKey ?? randomUUID();
  const spares = options.spares ?? process.env['LANGSMITH_SANDBOXES_TEST_SPARES'] === 'on';
  const args = [
    options.program ?? entry,
    '--port',
    '0',
    '--data-dir',
    dataDir,
    '--engine',
    options.engine ?? testEnvironment().engine,
    ...(spares ? [] : ['--no-spares']),
    ...(options.args ?? []),
  ];
  const child = await startChild(args, {
    env: { ...process.env, LANGSMITH_API_KEY: apiKey, ...options.env },
    node: options.node,
    input: options.input,
  });
  const ready = JSON.parse(child.readyLine) as { endpoint: string; api_key: string };
  return {
    endpoint: ready.endpoint,
    apiKey: ready.api_key,
    dataDir,
    pid: child.pid,
    stderr: () => child.stderr(),
    stop: () => {
      child.kill('SIGTERM');
      return withDeadline(child.ended, `The local server (pid ${child.pid}) did not end on SIGTERM.`);
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await child.ended;
    },
  };
}

/** Deletes the data folder of a server that was stopped. */
export async function forgetLocalServer(server: LocalServer): Promise<void> {
  await rm(server.dataDir, { recursive: true, force: true });
}

async function withDeadline<T>(work: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), 30_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
