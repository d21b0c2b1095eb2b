// Measures against what a user would use instead, on a real engine: npm run bench [-- FILE…]. Prints ratios.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runMain } from './setup/say.mjs';
import { buildForUsers } from './setup/vsix.mjs';

const root = path.resolve(import.meta.dirname, '..');

await runMain(async () => {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopping.abort());
  const { signal } = stopping;
  await ensureDependencies(root, { signal });
  await buildForUsers(root, { signal });
  const { startTestEnvironment } = await import('./setup/test-environment.mjs');
  const environment = await startTestEnvironment({ signal });
  try {
    return await measure(environment.env, signal);
  } finally {
    await environment.stop();
  }
});

async function measure(env, signal) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'bench', '--disableConsoleIntercept'];
  const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
