import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages } from './apt.mjs';
import { dockerdHome, socketOf, startDockerd, stopDockerd } from './dockerd.mjs';
import { findEngine } from './find-engine.mjs';
import { dropLease, liveLeases, takeLease } from './leases.mjs';
import { withLock } from './lock.mjs';
import { SetupError, say } from './say.mjs';

const noEngine = `No container engine answers on this machine, and none can be started here.
Install one and start it, then run this again:
  Linux    https://docs.docker.com/engine/install (then: sudo systemctl start docker)
  macOS    Docker Desktop, OrbStack or Colima
  Windows  Docker Desktop
On Debian or Ubuntu as root, this script installs and starts Docker itself.
If your engine listens elsewhere, set DOCKER_HOST to its address.`;

/** One lock for the whole machine, whatever the cache folder: it has room for one dockerd. */
const engineLock = '/run/lock/langsmith-sandboxes-dev-engine';

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
  return withLock(engineLock, () => joinOrStart(signal), { signal });
}

async function joinOrStart(signal) {
  const url = (await findEngine()) ?? (await start(signal));
  const leases = leasesOf(url);
  // An engine without a place for leases belongs to someone else: it is not ours to stop.
  if (!url.startsWith('unix:') || !existsSync(leases)) return { url, release: async () => {} };
  const lease = await takeLease(leases);
  return { url, release: () => withLock(engineLock, () => leave(url, lease)) };
}

async function start(signal) {
  if (!existsSync('/usr/bin/apt-get')) throw new SetupError(noEngine);
  await ensurePackages(['docker.io'], { signal });
  const home = dockerdHome();
  await mkdir(leasesOf(socketOf(home)), { recursive: true });
  say('starting dockerd');
  return startDockerd(home, signal);
}

async function leave(url, lease) {
  await dropLease(lease);
  if ((await liveLeases(leasesOf(url))) > 0) return;
  say('stopping dockerd');
  await stopDockerd(path.dirname(new URL(url).pathname));
}

function leasesOf(url) {
  return path.join(path.dirname(new URL(url).pathname), 'leases');
}
