import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { engineAnswers, engineRequest } from './engine-api.mjs';
import { startTime } from './leases.mjs';
import { podmanConfiguration, registriesConfiguration } from './podman-configuration.mjs';
import { unmountBelow } from './unmount.mjs';
import { waitFor } from './wait.mjs';

/**
 * Where our own Podman keeps its socket and run-time state: in memory, as it takes containers for running until the
 * machine starts anew. Its data stay in the cache.
 */
export function podmanHome() {
  const id = createHash('sha256').update(dataFolder()).digest('hex').slice(0, 8);
  return `/run/langsmith-sandboxes-dev-podman-${id}`;
}

/** @returns {string} the address our own Podman has in this home */
export function podmanUrl(home) {
  return `unix://${path.join(home, 'podman.sock')}`;
}

/**
 * Starts Podman's service in a home of its own and waits until it answers. It outlives this process. Needs root.
 * What an earlier one left running, after a crash, is removed.
 * @param {string} home
 * @param {AbortSignal} [signal]
 */
export async function startPodman(home, signal) {
  await endAll(home);
  await mkdir(home, { recursive: true });
  await rm(path.join(home, 'podman.sock'), { force: true });
  const logFile = path.join(dataFolder(), 'podman.log');
  const child = await startService(home, logFile);
  let failure;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure = `it ended with ${code}`));
  const answers = async () => {
    if (failure) throw new Error(`podman did not start: ${failure}\n${await readFile(logFile, 'utf8')}`);
    return (await engineAnswers(podmanUrl(home))) || undefined;
  };
  try {
    await waitFor(answers, { what: `podman to answer (see ${logFile})`, timeoutMs: 60_000, signal });
    await removeContainers(podmanUrl(home));
  } catch (error) {
    child.kill();
    throw error;
  }
}

/** Removes the containers of this home's Podman, which don't end with it, ends it with all its helpers, and the home. */
export async function stopPodman(home) {
  if (await engineAnswers(podmanUrl(home))) await removeContainers(podmanUrl(home));
  await endAll(home);
  await unmountBelow([home, dataFolder()]);
  await rm(home, { recursive: true });
}

async function startService(home, logFile) {
  const settings = path.join(home, 'containers.conf');
  const registries = path.join(home, 'registries.conf');
  await writeFile(settings, podmanConfiguration({ home, networks: path.join(dataFolder(), 'networks') }));
  await writeFile(registries, registriesConfiguration);
  const args = ['--root', path.join(dataFolder(), 'data'), '--runroot', path.join(home, 'run')];
  args.push('--storage-driver', 'overlay', 'system', 'service', '--time=0', podmanUrl(home));
  // It outlives who starts it, and takes over nothing of that one's environment but the way to its programs.
  const env = {
    PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
    HOME: home,
    CONTAINERS_CONF: settings,
    CONTAINERS_REGISTRIES_CONF: registries,
    REGISTRY_AUTH_FILE: path.join(home, 'auth.json'),
  };
  const log = openSync(logFile, 'w');
  const child = spawn('podman', args, { detached: true, cwd: '/', env, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  return child;
}

async function removeContainers(url) {
  const { text } = await engineRequest(url, 'GET', '/containers/json?all=true');
  for (const { Id } of JSON.parse(text)) {
    await engineRequest(url, 'DELETE', `/containers/${Id}?force=true&v=true`, { timeoutMs: 30_000 });
  }
}

/** The service, and the monitors of its containers and commands: each names this home on its command line. */
async function endAll(home) {
  const pids = await processesNaming(home);
  const since = new Map(await Promise.all(pids.map(async (pid) => [pid, await startTime(pid)])));
  for (const pid of pids) signalIfThere(pid, 'SIGTERM');
  const gone = async () => {
    const now = await Promise.all(pids.map(startTime));
    return pids.every((pid, at) => now[at] === undefined || now[at] !== since.get(pid)) || undefined;
  };
  await waitFor(gone, { what: `podman in ${home} to stop`, timeoutMs: 20_000 });
}

async function processesNaming(home) {
  const found = [];
  for (const name of await readdir('/proc')) {
    const args = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0');
    const isPodmans = ['podman', 'conmon'].includes(path.basename(args[0]));
    if (isPodmans && args.some((arg) => arg.includes(home))) found.push(Number(name));
  }
  return found;
}

function signalIfThere(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function dataFolder() {
  return cacheFolder('engine', 'podman');
}
