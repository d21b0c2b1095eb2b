import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { engineAnswers } from './engine-api.mjs';
import { startTime } from './leases.mjs';
import { waitFor } from './wait.mjs';

/** Linux: sockaddr_un holds 107 bytes and a closing zero. */
const longestSocketPath = 107;
/** The longest socket that dockerd makes below its home. */
const deepestSocket = 'exec/containerd/containerd.sock.ttrpc';

/**
 * Where our own dockerd keeps its socket, pid files and run-time state; its data stay in the cache in any case.
 * @returns {string} a folder below the cache, or below /run when sockets there would have too long a path
 */
export function dockerdHome() {
  const home = cacheFolder('engine');
  if (Buffer.byteLength(path.join(home, deepestSocket)) <= longestSocketPath) return home;
  const id = createHash('sha256').update(home).digest('hex').slice(0, 8);
  return `/run/langsmith-sandboxes-dev-${id}`;
}

/**
 * Starts dockerd in a home of its own and waits until it answers. It outlives this process.
 * Needs root and no other dockerd on the machine (a second one takes the first one's network away).
 * @param {string} home
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} its address
 */
export async function startDockerd(home, signal) {
  const engine = socketOf(home);
  await mkdir(home, { recursive: true });
  // After a SIGKILL these name processes that are gone, and dockerd waits for them in vain.
  await rm(pidFile(home), { force: true });
  await rm(path.join(home, 'exec/containerd/containerd.pid'), { force: true });
  const logFile = path.join(cacheFolder('engine'), 'dockerd.log');
  const log = openSync(logFile, 'w');
  const args = ['--host', engine, '--data-root', path.join(cacheFolder('engine'), 'data')];
  // Tests hold downloads: with the usual three at once, one's would be in the way of another's.
  args.push('--max-concurrent-downloads', '32');
  args.push('--exec-root', path.join(home, 'exec'), '--pidfile', pidFile(home), '--log-level', 'warn');
  // It outlives who starts it, and takes over nothing of that one's environment but the way to its programs.
  const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const child = spawn('/usr/sbin/dockerd', args, { detached: true, env, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let failure;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure = `it ended with ${code}`));
  const answers = async () => {
    if (failure) throw new Error(`dockerd did not start: ${failure}\n${await lastLines(logFile)}`);
    return (await engineAnswers(engine)) || undefined;
  };
  try {
    await waitFor(answers, { what: `dockerd to answer (see ${logFile})`, timeoutMs: 60_000, signal });
  } catch (error) {
    child.kill();
    throw error;
  }
  return engine;
}

/** Ends the dockerd of this home, with the containers it runs. One that isn't running is no error. */
export async function stopDockerd(home) {
  const pid = Number(await readFile(pidFile(home), 'utf8').catch(() => '0'));
  const since = pid ? await startTime(pid) : undefined;
  if (!since || !(await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('dockerd')) return;
  process.kill(pid, 'SIGTERM');
  const gone = async () => ((await startTime(pid)) === since ? undefined : true);
  await waitFor(gone, { what: `dockerd (pid ${pid}) to stop`, timeoutMs: 45_000 });
}

/** @returns {string} the address our own dockerd has in this home */
function socketOf(home) {
  return `unix://${path.join(home, 'docker.sock')}`;
}

const pidFile = (home) => path.join(home, 'docker.pid');

async function lastLines(file) {
  return (await readFile(file, 'utf8')).trim().split('\n').slice(-5).join('\n');
}
