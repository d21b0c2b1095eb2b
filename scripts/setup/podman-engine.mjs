import { existsSync } from 'node:fs';
import { ensurePackages } from './apt.mjs';
import { podmanPlace, podmanUrl, startPodman, stopPodman } from './podman.mjs';
import { rootlessPackages, rootlessPlace } from './podman-rootless.mjs';
import { say } from './say.mjs';
import { shareEngine, withEngineLock } from './shared-engine.mjs';
import { engineAnswers } from './engine-api.mjs';

/** `netavark` gives containers their network, `runc` runs where crun refuses the machine's cgroups. */
const packages = ['podman', 'runc', 'netavark'];

/**
 * The second engine that tests run against: the Podman that the environment names, or on Debian as root one of ours,
 * beside whatever else runs. One of ours is shared by all who asked; the last one to release it stops it.
 * @param {{ signal?: AbortSignal, rootless?: boolean }} [options]
 * @returns {Promise<{ url?: string, absent?: string, release(): Promise<void> }>} without a `url`, `absent` says in one
 *   sentence why there is none
 */
export async function ensurePodman({ signal, rootless = false } = {}) {
  const release = async () => {};
  const { TEST_ENGINE_PODMAN: named, LANGSMITH_SANDBOXES_TEST_ENGINE: only } = process.env;
  if (named) return { url: named, release };
  if (only) return { absent: 'LANGSMITH_SANDBOXES_TEST_ENGINE names the one engine to test with.', release };
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { absent: 'Podman is set up on Debian as root only; or name one in TEST_ENGINE_PODMAN.', release };
  }
  try {
    await ensurePackages([...packages, ...(rootless ? rootlessPackages : [])], { signal });
  } catch (error) {
    signal?.throwIfAborted();
    return { absent: `Podman can't be installed: ${error.message}`, release };
  }
  return withEngineLock(() => joinOrStart(rootless, signal), { signal });
}

async function joinOrStart(rootless, signal) {
  const place = rootless ? await rootlessPlace() : podmanPlace();
  if (!(await engineAnswers(podmanUrl(place)))) {
    say('starting podman');
    await startPodman(place, signal);
  }
  return shareEngine(podmanUrl(place), place.home, async () => {
    say('stopping podman');
    await stopPodman(place);
  });
}
