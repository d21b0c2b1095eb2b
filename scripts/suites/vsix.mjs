import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installExtension, listExtensions } from '../editor/host.mjs';
import { ensureEditorHost } from '../setup/editor-host.mjs';
import { checkVsixFiles, extensionId } from '../setup/vsix.mjs';
import { asTest } from './results.mjs';

/** @param {import('./context.mjs').Context} context */
export async function vsix(context) {
  const { root, signal } = context;
  return [
    await asTest('packs the extension', () => context.vsix()),
    await asTest('holds what users need and nothing else', () => checkVsixFiles(root, { signal })),
    await asTest('installs into an editor', async () => {
      await context.editor();
      await checkInstall(root, await context.vsix());
    }),
  ];
}

/** Installs the package into an editor of its own and asks that editor for its extensions. Rejects if it isn't one. */
export async function checkInstall(root, file) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-install-'));
  const profile = { data: path.join(folder, 'data'), extensions: path.join(folder, 'extensions') };
  try {
    const host = await ensureEditorHost();
    await installExtension(host, profile, file);
    const [listed, wanted] = [await listExtensions(host, profile), await extensionId(root)];
    if (!listed.includes(wanted))
      throw new Error(`The editor lists ${listed.join(', ') || 'nothing'}, not ${wanted}.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
