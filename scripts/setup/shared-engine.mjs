import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { dropLease, liveLeases, takeLease } from './leases.mjs';
import { withLock } from './lock.mjs';

/** One lock for the whole machine, whatever the cache folder: it has room for one dockerd. */
const engineLock = '/run/lock/langsmith-sandboxes-dev-engine';

/** Does `work` while nobody else on the machine starts, joins or leaves an engine of ours. */
export function withEngineLock(work, options) {
  return withLock(engineLock, work, options);
}

/**
 * Takes a share in an engine of ours; the last one to release its share stops the engine. To be called under the lock.
 * @param {string} url
 * @param {string} home where the engine keeps its socket, and who uses it
 * @param {(home: string) => Promise<void>} stop
 * @returns {Promise<{ url: string, release(): Promise<void> }>}
 */
export async function shareEngine(url, home, stop) {
  const leases = leasesIn(home);
  await mkdir(leases, { recursive: true });
  const lease = await takeLease(leases);
  const leave = async () => {
    await dropLease(lease);
    if ((await liveLeases(leases)) === 0) await stop(home);
  };
  return { url, release: () => withEngineLock(leave) };
}

/** An engine without this folder belongs to someone else: it is not ours to stop. */
export function leasesIn(home) {
  return path.join(home, 'leases');
}
