import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from './run.mjs';

const vsce = 'node_modules/@vscode/vsce/vsce';
const allowed = [
  /^dist\/(extension|window|local-server)\.js$/,
  /^dist\/[\w.-]+\.wasm$/,
  /^media\//,
  /^l10n\//,
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(README|CHANGELOG)\.md$/i,
  /^LICENSE(\.\w+)?$/i,
];
const programs = ['extension', 'window', 'local-server'].map((name) => `dist/${name}.js`);
const needed = [...programs, 'package.json', 'README.md', 'LICENSE'];

/** Both bundles, as users get them. @param {string} root @param {{ signal?: AbortSignal }} [options] */
export async function buildForUsers(root, { signal } = {}) {
  await mustRun(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, signal });
}

/**
 * Packs what `buildForUsers` has built.
 * @param {string} root
 * @param {string} file where to write the .vsix
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function packVsix(root, file, { signal } = {}) {
  const args = [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ];
  await mustRun(process.execPath, args, { cwd: root, signal });
}

/** @returns {Promise<string>} `publisher.name@version`, as the editor lists it */
export async function extensionId(root) {
  const { publisher, name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return `${publisher}.${name}@${version}`;
}

/**
 * Rejects, naming the files, when the package would hold something that users have no need of, or lack something.
 * @param {string} root
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function checkVsixFiles(root, { signal } = {}) {
  const { stdout } = await mustRun(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: root,
    signal,
  });
  const files = stdout.split('\n').filter((line) => line !== '');
  const surplus = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  const missing = needed.filter((file) => !files.includes(file));
  if (surplus.length > 0)
    throw new Error(`The package holds too much; see .vscodeignore:\n${surplus.join('\n')}`);
  if (missing.length > 0) throw new Error(`The package lacks ${missing.join(', ')}.`);
}
