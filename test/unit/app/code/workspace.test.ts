import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programFor } from '../../../../src/app/code/program';
import { scriptFor } from '../../../../src/app/code/use-sandbox';
import { reply, scripted } from '../../api/scripted-server';

const run = promisify(execFile);
const box = { id: 'b1', name: 'agent', status: 'ready' };
const making = { kind: 'create', request: { snapshot_id: 's1', name: 'agent' } } as const;
const programs = [
  ['made by curl', 'sh', 'made.sh', programFor(making, 'curl')],
  ['made in Python', 'python3', 'made.py', programFor(making, 'python')],
  ['made in TypeScript', process.execPath, 'made.mjs', programFor(making, 'typescript')],
  ['used in Python alone', 'python3', 'used.py', scriptFor('agent', 'python-alone')],
  ['used in TypeScript', process.execPath, 'used.mjs', scriptFor('agent', 'typescript')],
] as const;
/** Below the project, so that the SDK is found from there. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.resolve('node_modules/.cache-workspace-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a program', () => {
  it.for(programs)(
    '%s asks in the workspace that the environment names, and else in the key’s own',
    async ([, command, name, text], { skip }) => {
      const needed = command === 'sh' ? 'curl' : command;
      skip(spawnSync(needed, ['--version']).status !== 0, `${needed} is not installed`);
      const file = path.join(folder, name);
      await writeFile(file, text);
      const named = await workspacesSeen(command, file, { LANGSMITH_WORKSPACE_ID: 'w-1' });
      expect(named).toEqual(new Set(['w-1']));
      expect(await workspacesSeen(command, file, {})).toEqual(new Set([undefined]));
    },
  );
});

/** What becomes of it does not matter here: each of its requests tells. */
async function workspacesSeen(
  command: string,
  file: string,
  more: Record<string, string>,
): Promise<Set<unknown>> {
  const { endpoint, seen } = await scripted((response, { url }) =>
    reply(response, 200, url.endsWith('/execute') ? { stdout: '', stderr: '', exit_code: 0 } : box),
  );
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, LANGSMITH_ENDPOINT: endpoint, LANGSMITH_API_KEY: 'none', ...more };
  await run(command, [file], { env, timeout: 20_000 }).catch(() => undefined);
  return new Set(seen.map(({ headers }) => headers['x-tenant-id']));
}
