import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages } from './apt.mjs';
import { dockerdHome, startDockerd, stopDockerd } from './dockerd.mjs';
import { findEngine } from './find-engine.mjs';
import { SetupError, say } from './say.mjs';
import { leasesIn, shareEngine, withEngineLock } from './shared-engine.mjs';

const noEngine = `No container engine answers on this machine, and none can be started here.
Install one and start it, then run this again:
  Linux    https://docs.docker.com/engine/install (then: sudo systemctl start docker)
  macOS    Docker Desktop, OrbStack or Colima
  Windows  Docker Desktop
On Debian or Ubuntu as root, this script installs and starts Docker itself.
If your engine listens elsewhere, set DOCKER_HOST to its address.`;

/**
 * Makes sure of a container engine: the one that is there, or on Debian as root a dockerd of ours.
 * A dockerd of ours is shared by all who asked; the last one to release it stops it.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ url: string, release(): Promise<void> }>}
 * @throws {SetupError} when there is none and none can be started
 */
export async function ensureEngine({ signal } = {}) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    const url = await findEngine();
    if (!url) throw new SetupError(noEngine);
    return { url, release: async () => {} };
  }
  return withEngineLock(() => joinOrStart(signal), { signal });
}

async function joinOrStart(signal) {
  const url = (await findEngine()) ?? (await start(signal));
  const home = path.dirname(new URL(url).pathname);
  const isOurs = url.startsWith('unix:') && existsSync(leasesIn(home));
  return isOurs ? shareEngine(url, home, stop) : { url, release: async () => {} };
}

async function start(signal) {
  if (!existsSync('/usr/bin/apt-get')) throw new SetupError(noEngine);
  await ensurePackages(['docker.io'], { signal });
  const home = dockerdHome();
  await mkdir(leasesIn(home), { recursive: true });
  say('starting dockerd');
  return startDockerd(home, signal);
}

async function stop(home) {
  say('stopping dockerd');
  await stopDockerd(home);
}
