// Runs test/bench/*.bench.mjs one after the other against a container engine and prints their lines.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { mustRun } from './setup/run.mjs';
import { runMain, say } from './setup/say.mjs';
import { filesEnding } from './suites/files.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'test/bench');

await runMain(async () => {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopping.abort());
  const { signal } = stopping;
  const benches = await filesEnding(folder, '.bench.mjs');
  if (benches.length === 0) {
    say('there is no *.bench.mjs in test/bench');
    return 0;
  }
  await ensureDependencies(root, { signal });
  await mustRun(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, signal });
  const { startTestEnvironment } = await import('./setup/test-environment.mjs');
  const environment = await startTestEnvironment({ signal });
  try {
    const codes = [];
    for (const bench of benches) codes.push(await runBench(bench, environment.env, signal));
    return Math.max(...codes);
  } finally {
    await environment.stop();
  }
});

async function runBench(bench, env, signal) {
  say(bench);
  const child = spawn(process.execPath, [path.join(folder, bench)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
