import { randomUUID } from 'node:crypto';
import { baseConfig, baseFilesystem, randomLayer } from './base-filesystem.mjs';
import { pushImage } from './push-image.mjs';
import { screenProgramsLayer } from './screen-programs.mjs';

const mebibyte = 1024 * 1024;

/**
 * Fills the test registries: `sandbox-base:1` in both, and in the open one `sandbox-big:1`, which has three more
 * layers that no engine has yet, and `sandbox-screen:1`, which has vim, htop, less, ssh-add and ssh-keygen.
 * @param {Awaited<ReturnType<import('./registries.mjs').startRegistries>>} registries
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<(shape: { layers?: number, mebibytes?: number, os?: string }) => Promise<string>>} makes one more
 *   image in the open registry, different from all others, and gives its `name:tag`
 */
export async function seedRegistries({ open, auth, authorization }, options) {
  const base = await baseFilesystem(options);
  const image = { layers: [base], config: baseConfig };
  await pushImage({ registry: open, name: 'sandbox-base', tag: '1' }, image);
  await pushImage({ registry: auth, name: 'sandbox-base', tag: '1', authorization }, image);
  await pushFresh(open, 'sandbox-big', base, {});
  const layers = [base, await screenProgramsLayer(options)];
  await pushImage({ registry: open, name: 'sandbox-screen', tag: '1' }, { ...image, layers });
  return async (shape) => {
    const name = `fresh-${randomUUID()}`;
    await pushFresh(open, name, base, shape);
    return `${name}:1`;
  };
}

async function pushFresh(registry, name, base, { layers = 3, mebibytes = 2, os }) {
  const fresh = await Promise.all(Array.from({ length: layers }, () => randomLayer(mebibytes * mebibyte)));
  const platform = os ? { os } : undefined;
  await pushImage({ registry, name, tag: '1' }, { layers: [base, ...fresh], config: baseConfig, platform });
}
