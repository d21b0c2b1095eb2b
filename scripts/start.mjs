// Opens an editor with the extension, from a bare clone: npm start. Runs until Ctrl+C or until the editor is closed,
// then stops what it started.
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { desktopAvailable, openDesktop } from './editor/open-desktop.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { mustRun } from './setup/run.mjs';
import { SetupError, runMain, say } from './setup/say.mjs';

const root = path.resolve(import.meta.dirname, '..');

await runMain(async () => {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopping.abort());
  const { signal } = stopping;
  try {
    await ensureDependencies(root, { signal });
    say('building');
    await mustRun(process.execPath, ['esbuild.mjs'], { cwd: root, signal });
    const engine = await ensureEngine({ signal });
    say(`container engine: ${engine.url}`);
    try {
      await offerBaseImage(engine.url, signal);
      await showEditor({ DOCKER_HOST: engine.url }, signal);
    } finally {
      await engine.release();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  say('stopped');
});

async function offerBaseImage(engine, signal) {
  const { baseImage, ensureBaseImage, publicRegistryAnswers } = await import('./setup/base-image.mjs');
  if (await publicRegistryAnswers()) return;
  try {
    await ensureBaseImage(engine, { signal });
    say(`no public image registry can be reached: build your first snapshot from ${baseImage}, made here`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`no public image registry can be reached, and no base image can be made here. ${error.message}`);
  }
}

async function showEditor(env, signal) {
  const editor = await openEditor(env, signal);
  await Promise.race([editor.ended, signal.aborted || once(signal, 'abort')]);
  await editor.stop();
}

async function openEditor(env, signal) {
  const desktop = await desktopAvailable();
  const home = path.join(root, '.vscode-test', desktop ? 'desktop' : 'browser-hosted');
  await mkdir(home, { recursive: true });
  if (desktop) {
    say('opening VS Code; close its window or press Ctrl+C to stop');
    return openDesktop(root, home, { env });
  }
  const { openBrowserHosted } = await import('./editor/open-browser-hosted.mjs');
  const editor = await openBrowserHosted(root, home, { env, signal });
  console.log(`Open ${editor.url}`);
  say('press Ctrl+C to stop');
  return editor;
}
