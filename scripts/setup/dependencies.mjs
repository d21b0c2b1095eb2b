import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';

/**
 * Runs `npm ci` unless node_modules holds what the lock file asks for. Nothing of node_modules may be imported before.
 * @param {string} root
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function ensureDependencies(root, { signal } = {}) {
  if (await installed(root)) return;
  say('npm ci');
  await mustRun('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, signal });
}

/** Compares contents, not times: a checkout touches the lock file without changing it. */
async function installed(root) {
  const wanted = await packagesIn(path.join(root, 'package-lock.json'));
  const present = await packagesIn(path.join(root, 'node_modules/.package-lock.json')).catch(() => ({}));
  return Object.entries(wanted).every(([place, { version, optional, link }]) => {
    if (place === '' || link) return true;
    const there = present[place];
    return there ? there.version === version : optional === true;
  });
}

async function packagesIn(lockFile) {
  return JSON.parse(await readFile(lockFile, 'utf8')).packages;
}
