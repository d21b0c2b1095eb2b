import { forgetImagesOf } from './base-image.mjs';
import { ensureEngine } from './engine.mjs';
import { ensureFloorNode } from './floor-node.mjs';
import { startRegistries } from './registries.mjs';
import { startRegistryControl } from './registry-control.mjs';
import { startSlowRegistry } from './slow-registry.mjs';
import { seedRegistries } from './test-images.mjs';

/** Nothing listens on 127.0.0.1:1 (tcpmux): connections are refused at once. */
const unreachable = '127.0.0.1:1';

/**
 * Brings up what contract and editor tests need: an engine, an open registry, one with a password, and a slow one.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ env: Record<string, string>, stop(): Promise<void> }>} `env` is what test/harness/env.ts reads
 */
export async function startTestEnvironment(options) {
  const started = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    const engine = await ensureEngine(options);
    started.push(() => engine.release());
    const registries = await startRegistries(options);
    started.push(() => registries.stop());
    const freshImage = await seedRegistries(registries, options);
    const slow = await startSlowRegistry(registries.open);
    started.push(() => slow.close());
    const control = await startRegistryControl(slow, freshImage);
    started.push(() => control.close());
    started.push(() => forgetImagesOf(engine.url, [registries.open, registries.auth, slow.address]));
    const env = {
      ...environment(engine, registries, slow, control),
      TEST_FLOOR_NODE: await ensureFloorNode(options),
    };
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(engine, registries, slow, control) {
  return {
    LANGSMITH_SANDBOXES_TEST_ENGINE: engine.url,
    TEST_REGISTRY_OPEN: registries.open,
    TEST_REGISTRY_AUTH: registries.auth,
    TEST_REGISTRY_USER: registries.user,
    TEST_REGISTRY_PASSWORD: registries.password,
    TEST_REGISTRY_SLOW: slow.address,
    TEST_REGISTRY_SLOW_CONTROL: control.url,
    TEST_REGISTRY_UNREACHABLE: unreachable,
  };
}
