import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './apt.mjs';
import { cacheFolder } from './cache.mjs';
import { installOnce } from './install-once.mjs';
import { npm } from './npm.mjs';
import { SetupError, say } from './say.mjs';

/** Its own version 4.139.1 holds VS Code 1.139.1, which runs on Node 24. */
export const editorVersion = '1.139.1';
const codeServer = '4.139.1';
const nodeVersion = '24.21.0';
const nodePackage = `node-${process.platform}-${process.arch}`;
/** The logger (nothing is logged without it) and the host's parent watch: the only ones that need compiling. */
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'];

/**
 * The browser-hosted VS Code: a real workbench and a real Node extension host where no desktop editor can be had.
 * Linux only; kept in the cache (0.8 GB). The first call takes some minutes.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ node: string, entry: string }>} run `entry` with `node`
 */
export async function ensureEditorHost({ signal } = {}) {
  if (process.platform !== 'linux') {
    throw new SetupError(
      'The browser-hosted editor runs on Linux only. Install VS Code and put `code` on the PATH.',
    );
  }
  const folder = installFolder();
  await installOnce(folder, (draft) => install(draft, signal), { signal });
  return programs(folder);
}

/** @returns {boolean} whether `ensureEditorHost` would find it there already */
export function editorHostInstalled() {
  return existsSync(installFolder());
}

function installFolder() {
  return path.join(cacheFolder('editor-host'), `${codeServer}-node-${nodeVersion}`);
}

function programs(folder) {
  return {
    node: path.join(folder, 'node_modules', nodePackage, 'bin/node'),
    entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

async function install(draft, signal) {
  await ensurePackages(['python3', 'make', 'g++'], { signal });
  say(`installing the browser-hosted editor (code-server ${codeServer}), some minutes`);
  const wanted = [`code-server@${codeServer}`, `${nodePackage}@${nodeVersion}`];
  await npm(['install', ...wanted, '--ignore-scripts', '--engine-strict=false'], draft, signal);

  const nodeFolder = path.dirname(path.dirname(programs(draft).node));
  const vscode = path.join(draft, 'node_modules/code-server/lib/vscode');
  const onNode24 = { PATH: `${nodeFolder}/bin:${process.env.PATH}`, npm_config_nodedir: nodeFolder };
  say('installing the editor’s own packages');
  for (const part of [vscode, path.join(vscode, 'extensions')]) {
    await npm(['install', '--omit=dev', '--ignore-scripts'], part, signal, onNode24);
  }
  say('compiling the editor’s native modules');
  await npm(['rebuild', ...nativeModules, '--ignore-scripts=false'], vscode, signal, onNode24);
  const logger = path.join(vscode, 'node_modules/@vscode/spdlog/build/Release/spdlog.node');
  if (!existsSync(logger)) throw new Error(`The editor’s logger was not compiled: ${logger} is missing.`);

  say('the browser-hosted editor is installed');
}
