import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';

/**
 * Fills a folder once for all clones on the machine. `install` works beside its final place, in a folder that is an
 * npm project of its own, which moves there when complete: whoever finds the folder finds all of it.
 * @param {string} folder its parent exists
 * @param {(draft: string) => Promise<unknown>} install
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function installOnce(folder, install, { signal } = {}) {
  if (existsSync(folder)) return;
  const work = async () => {
    if (existsSync(folder)) return;
    await removeUnfinished(folder);
    const draft = await mkdtemp(`${folder}.unfinished-`);
    await writeFile(path.join(draft, 'package.json'), '{"private":true}');
    await install(draft);
    await rename(draft, folder);
  };
  await withLock(`${folder}.lock`, work, { signal, timeoutSeconds: 900 });
}

async function removeUnfinished(folder) {
  for (const name of await readdir(path.dirname(folder))) {
    const full = path.join(path.dirname(folder), name);
    if (full.startsWith(`${folder}.unfinished-`)) await rm(full, { recursive: true, force: true });
  }
}
