import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import * as esbuild from 'esbuild';

const publisher = 'bench';
const probe = 'probe';
export const idOf = (name: string): string => `${publisher}.${name}`;
export const probeId = idOf(probe);
const root = path.resolve(__dirname, '../../..');

/** An extension whose `activate` is empty. Gives the path of its package. */
export function packNothing(folder: string, name: string): Promise<string> {
  return pack(folder, name, 'exports.activate = () => undefined;\n');
}

/** One that loads the editor's API, as every extension must that is to do anything, and does nothing with it. */
export function packLoading(folder: string, name: string): Promise<string> {
  return pack(folder, name, "require('vscode');\nexports.activate = () => undefined;\n");
}

/** The one that activates the others: see probe.ts. */
export async function packProbe(folder: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/bench/activation/probe.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    write: false,
  });
  return pack(folder, probe, outputFiles[0]!.text);
}

async function pack(folder: string, name: string, program: string): Promise<string> {
  const place = path.join(folder, name);
  const manifest = {
    name,
    publisher,
    version: '0.0.1',
    license: 'MIT',
    engines: { vscode: '^1.105.0' },
    main: './main.js',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    files: ['main.js'],
  };
  await mkdir(place);
  await writeFile(path.join(place, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(place, 'main.js'), program);
  await writeFile(path.join(place, 'LICENSE'), 'MIT\n');
  await writeFile(path.join(place, 'README.md'), `${name}: for a measurement.\n`);
  const packagePath = path.join(folder, `${name}.vsix`);
  await createVSIX({ cwd: place, packagePath, dependencies: false, allowMissingRepository: true });
  return packagePath;
}
