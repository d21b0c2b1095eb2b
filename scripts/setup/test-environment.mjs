import { forgetImagesOf } from './base-image.mjs';
import { ensureEngine } from './engine.mjs';
import { ensureFloorNode } from './floor-node.mjs';
import { ensurePodman } from './podman-engine.mjs';
import { ensurePythonSdk } from './python-sdk.mjs';
import { startRegistries } from './registries.mjs';
import { SetupError } from './say.mjs';
import { startRegistryControl } from './registry-control.mjs';
import { startSlowRegistry } from './slow-registry.mjs';
import { seedRegistries } from './test-images.mjs';

/** Nothing listens on 127.0.0.1:1 (tcpmux): connections are refused at once. */
const unreachable = '127.0.0.1:1';

/** Where Podman was not asked for: see CONTRIBUTING.md. */
const notAsked = { url: undefined, absent: 'not asked for', release: async () => {} };

/**
 * Brings up what contract and editor tests need: an engine, Podman as a second one where it can be
 * had, an open registry, one with a password, and a slow one.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ env: Record<string, string>, stop(): Promise<void> }>} `env` is what test/harness/env.ts reads
 */
export async function startTestEnvironment(options) {
  const started = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  const failing = new AbortController();
  const signals = [failing.signal, options?.signal].filter(Boolean);
  const pythonSdk = ensurePythonSdk({ signal: AbortSignal.any(signals) });
  try {
    const engine = await ensureEngine(options);
    started.push(() => engine.release());
    const podman = await askedPodman(options);
    started.push(() => podman.release());
    const registries = await startRegistries(options);
    started.push(() => registries.stop());
    const freshImage = await seedRegistries(registries, options);
    const slow = await startSlowRegistry(registries.open);
    started.push(() => slow.close());
    const control = await startRegistryControl(slow, freshImage);
    started.push(() => control.close());
    const hosts = [registries.open, registries.auth, slow.address];
    for (const { url } of [engine, podman]) started.push(async () => url && forgetImagesOf(url, hosts));
    const env = {
      ...environment(engine, podman, registries, slow, control),
      TEST_FLOOR_NODE: await ensureFloorNode(options),
      ...(await pythonSdk),
    };
    return { env, stop };
  } catch (error) {
    failing.abort();
    await pythonSdk;
    await stop();
    throw error;
  }
}

/** `1` asks for root's Podman, `rootless` for one of a user's. */
async function askedPodman(options) {
  const asked = process.env.LANGSMITH_SANDBOXES_TEST_PODMAN;
  if (!asked) return notAsked;
  if (asked !== '1' && asked !== 'rootless') {
    throw new SetupError(`LANGSMITH_SANDBOXES_TEST_PODMAN is 1 or rootless, not ${asked}.`);
  }
  return ensurePodman({ ...options, rootless: asked === 'rootless' });
}

/** Podman is either there or absent for a reason. */
function environment(engine, podman, registries, slow, control) {
  return {
    LANGSMITH_SANDBOXES_TEST_ENGINE: engine.url,
    ...(podman.url
      ? {
          TEST_ENGINE_PODMAN: podman.url,
          LANGSMITH_SANDBOXES_TEST_ENGINES: `${engine.url} ${podman.url}`,
        }
      : { TEST_ENGINE_PODMAN_ABSENT: podman.absent }),
    TEST_REGISTRY_OPEN: registries.open,
    TEST_REGISTRY_AUTH: registries.auth,
    TEST_REGISTRY_USER: registries.user,
    TEST_REGISTRY_PASSWORD: registries.password,
    TEST_REGISTRY_SLOW: slow.address,
    TEST_REGISTRY_SLOW_CONTROL: control.url,
    TEST_REGISTRY_UNREACHABLE: unreachable,
  };
}
