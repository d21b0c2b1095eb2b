// Builds the product's two bundles: the extension (runs in the editor's extension host)
// and the local server (runs as a process of its own on whatever Node starts it).
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
};

/** All but the entry is a file of its own, which the extension reads when it is first wanted. */
const readOnFirstUse = {
  name: 'read on first use',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/window$/ }, () => ({ path: './window.js', external: true })),
};

const bundles = [
  {
    ...shared,
    entryPoints: ['src/extension.ts', 'src/window.ts'],
    outdir: 'dist',
    target: 'node22',
    external: ['vscode'],
    plugins: [readOnFirstUse],
  },
  { ...shared, entryPoints: ['src/local/main.ts'], outfile: 'dist/local-server.js', target: 'node20' },
];

await mkdir('dist', { recursive: true });
// SQLite is WebAssembly that its loader looks for beside the bundle.
const sqlite = path.dirname(createRequire(import.meta.url).resolve('node-sqlite3-wasm'));
await copyFile(path.join(sqlite, 'node-sqlite3-wasm.wasm'), 'dist/node-sqlite3-wasm.wasm');

if (watch) {
  for (const options of bundles) await (await esbuild.context(options)).watch();
  console.log('watching src');
} else {
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
