import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Box, Snapshot, SnapshotList } from '../../../src/api/types';
import type { Making } from '../../../src/app/code/making';
import { languages, programFor, type Language } from '../../../src/app/code/program';
import { scriptFor, scriptKinds, type ScriptKind } from '../../../src/app/code/use-sandbox';
import { testEnvironment } from '../../harness/env';
import { runningServer } from '../local/fixture/running-server';
import { baseImage, gibibyte, unique } from '../local/fixture/wire';

// What “Copy as …” gives is run as its reader would, against the real server.

const nasty = `it's "a" $HOME \`id\` \\ \n JSON\nJSON é 🙂 %s`;
const limitMs = 55_000;
const running = runningServer();
let base: Snapshot;
let source: Box;
/** Below the project, so that the SDK is found from there. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.resolve('node_modules/.cache-programs-'));
  base = await running.wire.build(`programs/${unique()}`);
  source = await running.wire.boot({ snapshot_id: base.id });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Runner {
  readonly command: string;
  readonly file: string;
}

const runners: Record<Language, Runner> = {
  curl: { command: 'sh', file: 'program.sh' },
  python: { command: 'python3', file: 'program.py' },
  typescript: { command: process.execPath, file: 'program.mjs' },
};

function missing(language: Language): string | undefined {
  const needed = language === 'curl' ? 'curl' : runners[language].command;
  return spawnSync(needed, ['--version']).status === 0 ? undefined : `${needed} is not installed`;
}

function run(making: Making, language: Language): Promise<string> {
  return runText(programFor(making, language), language);
}

async function runText(text: string, language: Language): Promise<string> {
  const { command, file } = runners[language];
  const program = path.join(folder, `${unique()}-${file}`);
  await writeFile(program, text);
  const { endpoint, apiKey } = running.server;
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    PYTHONPATH: process.env['PYTHONPATH'],
    LANGSMITH_ENDPOINT: endpoint,
    LANGSMITH_API_KEY: apiKey,
    REGISTRY_PASSWORD: testEnvironment().registryPassword,
  };
  return new Promise((resolve, reject) => {
    execFile(command, [program], { env, cwd: folder, timeout: limitMs }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
      else resolve(stdout);
    });
  });
}

async function made(name: string): Promise<Snapshot> {
  const { items } = await running.wire.expect<SnapshotList>(200, 'GET', `/snapshots?name_contains=${name}`);
  return running.wire.settled(items?.find((snapshot) => snapshot.name === name)?.id ?? '');
}

describe.each(languages)('a program in %s', (language) => {
  it('creates the sandbox of the flow', async ({ skip }) => {
    const why = missing(language);
    skip(why !== undefined, why);
    const request = {
      snapshot_id: base.id,
      name: `by-${language}-${unique()}`,
      cpu_millicores: 500,
      mem_bytes: gibibyte,
      idle_ttl_seconds: 0,
      delete_after_stop_seconds: 3600,
      env_vars: { TEXT: nasty },
      labels: { team: 'ml', bare: '' },
    };
    expect(await run({ kind: 'create', request }, language)).toContain(request.name);
    const { env_vars, ...rest } = request;
    const box = await running.wire.expect<Box>(200, 'GET', `/boxes/${request.name}`);
    expect(box).toMatchObject(rest);
    const told = await running.wire.execute(box.id, { command: 'printf %s "$TEXT"', shell: '/bin/sh' });
    expect(told.stdout).toBe(env_vars.TEXT);
  });

  it('captures the snapshot of the flow', async ({ skip }) => {
    const why = missing(language);
    skip(why !== undefined, why);
    const request = {
      name: `by-${language}/${unique()}`,
      tag: 'v2',
      description: nasty,
      labels: { team: 'ml' },
    };
    expect(await run({ kind: 'capture', sandbox: source.name, request }, language)).toContain(request.name);
    const { tag, ...rest } = request;
    expect(await made(request.name)).toMatchObject({
      ...rest,
      status: 'ready',
      tags: [tag],
      source_sandbox_id: source.id,
    });
  });

  it('builds the snapshot of the flow from a private registry, whose password is in no argument', async ({
    skip,
  }) => {
    const why = missing(language);
    skip(why !== undefined, why);
    const { registryAuth, registryUser, registryPassword } = testEnvironment();
    const name = `by-${language}/${unique()}`;
    const docker_image = `${registryAuth}/sandbox-base:1`;
    const making: Making = {
      kind: 'build',
      request: { name, docker_image, fs_capacity_bytes: gibibyte, description: nasty, tag: 'v1' },
      credentials: { host: registryAuth, username: registryUser },
    };
    expect(programFor(making, language)).not.toContain(registryPassword);
    await run(making, language);
    expect(await made(name)).toMatchObject({
      status: 'ready',
      docker_image,
      description: nasty,
      tags: ['v1'],
    });
    await expect(run(making, language), 'its registry is registered already').rejects.toThrow(/409/);
    for (const { name: registered } of await registries()) {
      await running.wire.expect(204, 'DELETE', `/registries/${registered}`);
    }
  });

  it('builds from a public image', async ({ skip }) => {
    const why = missing(language);
    skip(why !== undefined, why);
    const name = `by-${language}/${unique()}`;
    const request = { name, docker_image: baseImage(), fs_capacity_bytes: gibibyte };
    await run({ kind: 'build', request }, language);
    expect(await made(name)).toMatchObject({ status: 'ready' });
  });

  it('tells what the server refused, and fails', async ({ skip }) => {
    const why = missing(language);
    skip(why !== undefined, why);
    const refused: Making = { kind: 'create', request: { snapshot_id: base.id, name: 'Not A Name' } };
    await expect(run(refused, language)).rejects.toThrow(/422|name/i);
  });
});

function missingFor(kind: ScriptKind): string | undefined {
  const why = missing(languageOf(kind));
  if (why !== undefined || kind !== 'python') return why;
  const imported = spawnSync('python3', ['-c', 'import langsmith.sandbox']);
  return imported.status === 0 ? undefined : 'python3 can not import langsmith.sandbox';
}

function languageOf(kind: ScriptKind): Language {
  return kind === 'typescript' ? kind : 'python';
}

describe.each(scriptKinds)('a script of kind %s', (kind) => {
  it('runs a command in the sandbox that it was made from, and shows what it said', async ({ skip }) => {
    const why = missingFor(kind);
    skip(why !== undefined, why);
    await running.wire.upload(source.id, '/root/of-the-script', 'here');
    const told = await runText(scriptFor(source.name, kind), languageOf(kind));
    expect(told).toContain('Linux');
    expect(told).toContain(`of-the-script`);
  });

  it('fails when the sandbox is not there', async ({ skip }) => {
    const why = missingFor(kind);
    skip(why !== undefined, why);
    const text = scriptFor('not-there', kind);
    await expect(runText(text, languageOf(kind))).rejects.toThrow(/404|not found/i);
  });
});

it('each script in Python is one', async ({ skip }) => {
  const why = missing('python');
  skip(why !== undefined, why);
  for (const kind of ['python', 'python-alone'] as const) {
    const file = path.join(folder, `${kind}.py`);
    await writeFile(file, scriptFor('it-s-"quoted"', kind));
    expect(spawnSync('python3', ['-m', 'py_compile', file], { encoding: 'utf8' }).stderr).toBe('');
  }
});

async function registries(): Promise<{ name: string }[]> {
  return (await running.wire.expect<{ items: { name: string }[] }>(200, 'GET', '/registries')).items;
}
