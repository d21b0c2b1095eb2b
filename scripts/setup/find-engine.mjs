import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { engineAnswers } from './engine-api.mjs';
import { SetupError } from './say.mjs';

/** What names an engine outright, strongest first. */
const variables = ['LANGSMITH_SANDBOXES_TEST_ENGINE', 'DOCKER_HOST'];

/**
 * The container engine that is there already: the one that the environment names, one on a usual socket, or a dockerd
 * on a socket of its own.
 * @returns {Promise<string | undefined>} its address; undefined when none answers
 * @throws {SetupError} when the environment names one that doesn't answer: another one is not what was asked for
 */
export async function findEngine() {
  const variable = variables.find((name) => process.env[name]);
  if (variable) {
    const asked = process.env[variable];
    if (await engineAnswers(asked)) return asked;
    throw new SetupError(
      `No container engine answers at ${variable}=${asked}. Start it, or unset ${variable}.`,
    );
  }
  for (const engine of [...usualPlaces(), ...(await runningDaemons())]) {
    if (await engineAnswers(engine)) return engine;
  }
  return undefined;
}

function usualPlaces() {
  if (process.platform === 'win32') return ['npipe:////./pipe/docker_engine'];
  const home = os.homedir();
  const runtime = process.env.XDG_RUNTIME_DIR;
  const sockets = [
    '/var/run/docker.sock',
    path.join(home, '.docker/run/docker.sock'),
    path.join(home, '.docker/desktop/docker.sock'),
    path.join(home, '.colima/default/docker.sock'),
    path.join(home, '.orbstack/run/docker.sock'),
    path.join(home, '.rd/docker.sock'),
    ...(runtime ? [path.join(runtime, 'docker.sock'), path.join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  return sockets.filter((socket) => existsSync(socket)).map((socket) => `unix://${socket}`);
}

/** Sockets named on the command line of any dockerd: a machine has room for one, wherever it listens. */
async function runningDaemons() {
  const found = [];
  for (const pid of await readdir('/proc').catch(() => [])) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (path.basename(args[0] ?? '') !== 'dockerd') continue;
    found.push(...args.filter((arg, at) => arg.startsWith('unix://') && args[at - 1] === '--host'));
  }
  return found;
}
