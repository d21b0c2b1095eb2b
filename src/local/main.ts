import { Console } from 'node:console';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArguments, usage, UsageError, type Arguments } from './arguments';
import { defaultDataFolder } from './data-directory';
import { DirectoryInUse } from './instance-lock';
import { within } from './abort';
import { endWhenUnused } from './linger';
import { standardErrorLog } from './log';
import { NoEngine, runLocalServer, type LocalServer } from './run';
import { SealKeyError, sealKeyFromStdin } from './store/seal-key';
import { messageOf } from './message-of';

const exitCodes = { ended: 0, failed: 1, usage: 2, noEngine: 3, directoryInUse: 4 };
const stdinLimitMs = 10_000;
/** A server that has not ended by then is ended. */
const closeLimitMs = 25_000;

// Standard output has one line for the parent. A library that prints goes to standard error.
globalThis.console = new Console(process.stderr, process.stderr);

async function main(): Promise<number> {
  const options = parseArguments(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(usage);
    return exitCodes.ended;
  }
  const ending = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(name, () => ending.abort());
  const server = await start(options, ending.signal).catch((error: unknown) => {
    if (ending.signal.aborted) return undefined;
    throw error;
  });
  if (!server) return exitCodes.ended;
  if (options.linger !== undefined) {
    endWhenUnused(
      options.linger,
      () => server.inUse(),
      () => ending.abort(),
    );
  }
  await aborted(ending.signal);
  await Promise.race([server.close(), sleep(closeLimitMs, undefined, { ref: false })]);
  return exitCodes.ended;
}

async function start(options: Arguments, signal: AbortSignal): Promise<LocalServer> {
  const { host, port, engine: engineUrl, defaultImage, spares } = options;
  const apiKey = process.env['LANGSMITH_API_KEY'] || randomBytes(24).toString('base64url');
  delete process.env['LANGSMITH_API_KEY'];
  const sealKey = options.sealKeyFromStdin
    ? await sealKeyFromStdin(process.stdin, within(stdinLimitMs, signal))
    : undefined;
  const dataFolder = options.dataDir ?? defaultDataFolder();
  const log = standardErrorLog();
  const own = { apiKey, sealKey, dataFolder };
  const choices = { host, port, engineUrl, defaultImage, spares };
  const server = await runLocalServer({ ...own, ...choices, log, signal });
  process.stdout.write(`${JSON.stringify({ endpoint: server.endpoint, api_key: apiKey })}\n`);
  return server;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function explain(error: unknown): number {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  if (error instanceof UsageError || error instanceof SealKeyError) {
    say(error.message);
    return exitCodes.usage;
  }
  if (error instanceof NoEngine) {
    for (const { source, url, finding } of error.looks) say(`${source}: ${url}: ${finding}`);
    return exitCodes.noEngine;
  }
  say(messageOf(error));
  return error instanceof DirectoryInUse ? exitCodes.directoryInUse : exitCodes.failed;
}

/** On some systems a pipe is written behind our back. */
async function flush(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise((resolve) => stream.write('', resolve));
}

async function end(code: number): Promise<void> {
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
  process.exit(code);
}

// A parent that ended leaves pipes nobody reads: what is written there is lost, the server goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.on('unhandledRejection', (error) => standardErrorLog().error(`unhandled: ${String(error)}`));
void main().catch(explain).then(end);
