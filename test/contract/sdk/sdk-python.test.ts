import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endLocalServer } from '../../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../../harness/local-server';
import { baseImage } from '../local/fixture/wire';

interface Check {
  name: string;
  failure: string | null;
}

const limitMs = 180_000;
const imported = spawnSync('python3', ['-c', 'import langsmith.sandbox, websockets'], { encoding: 'utf8' });
const missing =
  imported.status === 0 ? undefined : 'python3 can not import langsmith.sandbox with websockets';
let server: LocalServer | undefined;

beforeAll(async () => {
  if (!missing) server = await startLocalServer({ args: ['--default-image', baseImage()] });
});
afterAll(async () => {
  if (server) await endLocalServer(server);
});

it.for([
  ['its synchronous half', 'sync_suite.py', ''],
  ['its asynchronous half', 'async_suite.py', ''],
  ['its commands over SSE', 'sse_suite.py', 'sandbox_sse_exec'],
  ['its generated client', 'generated_suite.py', ''],
] as const)('the official Python SDK: %s', { timeout: limitMs }, async ([, script, features], { skip }) => {
  skip(!server, missing);
  const checks = await run(script, features);
  expect(checks.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(checks.length).toBeGreaterThan(4);
});

/** What it printed, each a line of JSON, and its last words as one more when it broke off. */
function run(script: string, features: string): Promise<Check[]> {
  const env = {
    ...process.env,
    LANGSMITH_ENDPOINT: server?.endpoint,
    LANGSMITH_API_KEY: server?.apiKey,
    LANGSMITH_EXPERIMENTAL_FEATURES: features,
    SUITE_IMAGE: baseImage(),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  return new Promise((resolve) => {
    const options = { env, timeout: limitMs - 5000 };
    execFile('python3', [path.join(__dirname, 'python', script)], options, (error, stdout, stderr) => {
      const checks = stdout
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Check);
      const brokeOff = error !== null && checks.every(({ failure }) => failure === null);
      resolve(brokeOff ? [...checks, { name: 'the script itself', failure: stderr.slice(-1000) }] : checks);
    });
  });
}
