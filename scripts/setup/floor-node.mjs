import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { installOnce } from './install-once.mjs';
import { npm } from './npm.mjs';

/** Of the line that the oldest editor we support, VS Code 1.105, brings. */
const version = '22.23.3';
const nodePackage = `node-${process.platform}-${process.arch}`;

/**
 * The Node that the local server has to run on at the least; kept in the cache.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<string>} path of the program
 */
export async function ensureFloorNode({ signal } = {}) {
  const folder = path.join(cacheFolder('node'), version);
  const install = (draft) => npm(['install', `${nodePackage}@${version}`, '--ignore-scripts'], draft, signal);
  await installOnce(folder, install, { signal });
  return path.join(folder, 'node_modules', nodePackage, 'bin/node');
}
