import os from 'node:os';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { installOnce } from './install-once.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';

const packages = ['langsmith==0.14.0', 'websockets==17.1'];
const limitMs = 90_000;

/**
 * The official Python SDK for tests, kept in the cache; never in the machine's own Python. Where it can't be had that is
 * said, and the tests that need it are skipped. Never rejects.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<Record<string, string>>} environment in which `python3` finds it
 */
export async function ensurePythonSdk({ signal } = {}) {
  const limit = AbortSignal.timeout(limitMs);
  limit.addEventListener('abort', () => {}, { once: true }); // or Node 20 may collect it, and the limit with it
  const stopping = signal ? AbortSignal.any([signal, limit]) : limit;
  const { PYTHONPATH } = process.env;
  try {
    const { stdout } = await mustRun('python3', ['-c', versionScript], { signal: stopping });
    const key = [stdout.trim(), process.arch, ...packages].join('-').replaceAll('==', '-');
    const folder = path.join(cacheFolder('python'), key);
    await installOnce(folder, (draft) => install(draft, stopping), { signal: stopping });
    return { PYTHONPATH: [folder, PYTHONPATH].filter(Boolean).join(path.delimiter) };
  } catch (error) {
    if (signal?.aborted) return {};
    const reason = String(error instanceof Error ? error.message : error);
    say(`the official Python SDK can't be installed: ${reason.trim().split(os.EOL).at(-1)}`);
    return {};
  }
}

const versionScript = 'import sys; print(sys.implementation.cache_tag)';

function install(folder, signal) {
  const options = [
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
    '--timeout',
    '10',
    '--retries',
    '1',
  ];
  return mustRun('python3', ['-m', 'pip', 'install', ...options, '--target', folder, ...packages], {
    signal,
  });
}
