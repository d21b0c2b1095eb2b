import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { engineAnswers, engineRequest } from './engine-api.mjs';
import { startTime } from './leases.mjs';
import { podmanConfiguration, registriesConfiguration } from './podman-configuration.mjs';
import { unmountBelow } from './unmount.mjs';
import { waitFor } from './wait.mjs';

/**
 * A Podman of ours. `home`: its socket and run-time state, in memory, as it takes containers for running until the
 * machine starts anew. `data`: its images. `owner`: who runs it; root unless given.
 * @typedef {{ home: string, data: string, owner?: { uid: number, gid: number } }} PodmanPlace
 */

/** Root's. @returns {PodmanPlace} */
export function podmanPlace() {
  const data = cacheFolder('engine', 'podman');
  const id = createHash('sha256').update(data).digest('hex').slice(0, 8);
  return { home: `/run/langsmith-sandboxes-dev-podman-${id}`, data };
}

/** @param {PodmanPlace} place @returns {string} the address of the Podman there */
export function podmanUrl({ home }) {
  return `unix://${path.join(home, 'podman.sock')}`;
}

/**
 * Starts Podman's service there and waits until it answers. It outlives this process. Needs root.
 * What an earlier one left running, after a crash, is removed.
 * @param {PodmanPlace} place
 * @param {AbortSignal} [signal]
 */
export async function startPodman(place, signal) {
  await endAll(place);
  await mkdir(place.home, { recursive: true });
  await mkdir(place.data, { recursive: true });
  if (place.owner) for (const folder of [place.home, place.data]) await giveTo(place.owner, folder);
  await rm(path.join(place.home, 'podman.sock'), { force: true });
  const logFile = path.join(place.data, 'podman.log');
  const child = await startService(place, logFile);
  let failure;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure = `it ended with ${code}`));
  const answers = async () => {
    if (failure) throw new Error(`podman did not start: ${failure}\n${await readFile(logFile, 'utf8')}`);
    return (await engineAnswers(podmanUrl(place))) || undefined;
  };
  try {
    await waitFor(answers, { what: `podman to answer (see ${logFile})`, timeoutMs: 60_000, signal });
    await removeContainers(podmanUrl(place));
  } catch (error) {
    child.kill();
    throw error;
  }
}

/** Removes its containers, which don't end with it, ends it with all its helpers, and its home. @param {PodmanPlace} place */
export async function stopPodman(place) {
  if (await engineAnswers(podmanUrl(place))) await removeContainers(podmanUrl(place));
  await endAll(place);
  await unmountBelow([place.home, place.data]);
  await rm(place.home, { recursive: true });
}

async function startService(place, logFile) {
  const { home, data, owner } = place;
  const settings = path.join(home, 'containers.conf');
  const registries = path.join(home, 'registries.conf');
  await writeFile(settings, podmanConfiguration({ home, networks: path.join(data, 'networks') }));
  await writeFile(registries, registriesConfiguration);
  if (owner) for (const file of [settings, registries]) await chown(file, owner.uid, owner.gid);
  const args = ['--root', path.join(data, 'data'), '--runroot', path.join(home, 'run')];
  args.push('--storage-driver', 'overlay', 'system', 'service', '--time=0', podmanUrl(place));
  // It outlives who starts it, and takes over nothing of that one's environment but the way to its programs.
  const env = {
    PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
    HOME: home,
    CONTAINERS_CONF: settings,
    CONTAINERS_REGISTRIES_CONF: registries,
    REGISTRY_AUTH_FILE: path.join(home, 'auth.json'),
    ...(owner && { XDG_RUNTIME_DIR: home }),
  };
  const log = openSync(logFile, 'w');
  const child = spawn('podman', args, {
    ...owner,
    detached: true,
    cwd: '/',
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return child;
}

/** The folder alone: what is in it was made by its owner already. */
async function giveTo({ uid, gid }, folder) {
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
}

async function removeContainers(url) {
  const { text } = await engineRequest(url, 'GET', '/containers/json?all=true');
  for (const { Id } of JSON.parse(text)) {
    await engineRequest(url, 'DELETE', `/containers/${Id}?force=true&v=true`, { timeoutMs: 30_000 });
  }
}

async function endAll(place) {
  const pids = await processesOf(place);
  const since = new Map(await Promise.all(pids.map(async (pid) => [pid, await startTime(pid)])));
  for (const pid of pids) signalIfThere(pid, 'SIGTERM');
  const gone = async () => {
    const now = await Promise.all(pids.map(startTime));
    return pids.every((pid, at) => now[at] === undefined || now[at] !== since.get(pid)) || undefined;
  };
  await waitFor(gone, { what: `podman in ${place.home} to stop`, timeoutMs: 20_000 });
}

/** An owner's are all that one's, who has nothing else. Root's are those that name the home: service and monitors. */
async function processesOf({ home, owner }) {
  const found = [];
  for (const name of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
    if (owner ? (await ownerOf(name)) === owner.uid : await namesHome(name, home)) found.push(Number(name));
  }
  return found;
}

async function namesHome(pid, home) {
  const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return ['podman', 'conmon'].includes(path.basename(args[0])) && args.some((arg) => arg.includes(home));
}

async function ownerOf(pid) {
  return (await stat(`/proc/${pid}`).catch(() => undefined))?.uid;
}

function signalIfThere(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
