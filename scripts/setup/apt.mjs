import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { withLock } from './lock.mjs';
import { run, mustRun } from './run.mjs';
import { SetupError, say } from './say.mjs';

/** Exit code 101 tells package scripts to start no service; see invoke-rc.d(8). */
const policyFile = '/usr/sbin/policy-rc.d';

/** @returns {Promise<string[] | undefined>} what has to stand before a command to run it as root; undefined: no way */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  const sudo = await run('sudo', ['-n', 'true']).catch(() => undefined);
  return sudo?.code === 0 ? ['sudo', '-n', '-E'] : undefined;
}

/** The package lists are fetched once a run. @type {Promise<unknown> | undefined} */
let updated;

/**
 * Makes sure of Debian packages. Starts no service.
 * @param {string[]} packages
 * @param {{ signal?: AbortSignal }} [options]
 * @throws {SetupError} when some are missing and can't be installed here
 */
export async function ensurePackages(packages, { signal } = {}) {
  if ((await missing(packages)).length === 0) return;
  await withLock(path.join(cacheFolder(), 'apt.lock'), () => install(packages), { signal });
}

async function install(packages) {
  const needed = await missing(packages);
  if (needed.length === 0) return;
  const root = existsSync('/usr/bin/apt-get') ? await asRoot() : undefined;
  if (!root) {
    throw new SetupError(
      `Missing on this machine: ${needed.join(', ')}. Install them with your package manager.`,
    );
  }
  say(`installing ${needed.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => {
    const [command, ...rest] = [...root, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
    // Not to be cut off: a half-configured package would be in everyone's way.
    return mustRun(command, rest, { env, uncut: true });
  };
  const withoutServices = root.length > 0 || existsSync(policyFile) ? (work) => work() : withServicePolicy;
  await (updated ??= apt('update', '-qq'));
  await withoutServices(() => apt('install', '-y', '-qq', '--no-install-recommends', ...needed));
}

async function withServicePolicy(work) {
  await writeFile(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    await rm(policyFile);
  }
}

async function missing(packages) {
  const query = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages]).catch(
    () => undefined,
  );
  if (!query) return packages;
  const installed = new Set(
    query.stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return packages.filter((name) => !installed.has(name));
}
