// Bundles the integration tests and runs them in an extension host: the desktop editor where it can be downloaded and
// has a screen, else the stand-in over the browser-hosted one. Ends with the tests' exit code.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { filesEnding } from './files.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const bundled = path.join(root, 'out/integration');
/** What is started by itself: by the editor, and by tests. */
const programs = ['test/harness/mocha-run.ts', 'test/harness/crowded-api-process.ts'];

await bundle();
const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-integration-'));
try {
  process.exitCode = await runTests({
    vscodeExecutablePath: (await desktopCanRun())
      ? undefined
      : path.join(root, 'scripts/editor/code-stand-in.mjs'),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(bundled, 'harness/mocha-run.js'),
    launchArgs: [folder, `--user-data-dir=${folder}/data`, `--extensions-dir=${folder}/extensions`],
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function bundle() {
  await rm(bundled, { recursive: true, force: true });
  const tests = await filesEnding(path.join(root, 'test/integration'), '.test.ts');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [...programs, ...tests.map((file) => path.join('test/integration', file))],
    outbase: 'test',
    outdir: bundled,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

async function desktopCanRun() {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  try {
    const place = 'https://update.code.visualstudio.com/api/releases/stable';
    return (await fetch(place, { signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}
