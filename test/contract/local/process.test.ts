import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testEnvironment } from '../../harness/env';
import { forgetLocalServer, startLocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { wireOf } from './fixture/wire';

const entry = path.resolve(__dirname, '../../../dist/local-server.js');
const folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-process-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the server to its end; `until` sends SIGTERM once that text is on stdout. */
function run(
  args: string[],
  options: { env?: NodeJS.ProcessEnv; input?: string; until?: string } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...options.env },
      timeout: 50_000,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.until && stdout.includes(options.until)) child.kill('SIGTERM');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const engineFlag = (): string[] => ['--engine', testEnvironment().engine];

describe('the process', () => {
  it('prints one line of JSON when it is ready, and ends with 0 on SIGTERM', async () => {
    const folder = await temporaryFolder();
    const ended = await run(['--data-dir', folder, ...engineFlag()], { until: '\n' });
    expect(ended.code).toBe(0);
    const lines = ended.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const ready = JSON.parse(lines[0]!) as { endpoint: string; api_key: string };
    expect(ready.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(ready.api_key.length).toBeGreaterThanOrEqual(32);
    expect(ended.stderr).not.toContain(ready.api_key);
  });

  it.each([
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--port', 'many'], '--port must be a whole number from 0 to 65535, not "many".'],
    [['--port'], "Option '--port <value>' argument missing"],
    [['extra'], 'Unexpected argument'],
  ])('ends with 2 and a sentence for %j', async (args, reason) => {
    const ended = await run(args);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(reason);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('explains itself with --help', async () => {
    const ended = await run(['--help']);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('--seal-key-stdin');
  });

  it('ends with 3 without an engine, with one line for each place it looked', async () => {
    const folder = await temporaryFolder();
    const named = await run(['--data-dir', folder, '--engine', 'unix:///nowhere/docker.sock']);
    expect([named.code, named.stdout]).toEqual([3, '']);
    expect(named.stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('unix:///nowhere/docker.sock'),
    ]);
    const asked = await run(['--data-dir', folder], { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } });
    expect(asked.code).toBe(3);
    expect(asked.stderr).toContain('DOCKER_HOST');
  });

  it('ends with 4 while another server has the data directory, naming its endpoint', async () => {
    const server = await startLocalServer();
    const ended = await run(['--data-dir', server.dataDir, ...engineFlag()]);
    expect([ended.code, ended.stdout]).toEqual([4, '']);
    expect(ended.stderr).toContain(server.endpoint);
    expect(await server.stop()).toBe(0);
    await forgetLocalServer(server);
  });

  it('tells others where it is, without its key, and takes that back when it ends', async () => {
    const server = await startLocalServer();
    const file = path.join(server.dataDir, 'server.json');
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).toEqual({
      pid: server.pid,
      endpoint: server.endpoint,
      started_at: expect.any(String) as string,
    });
    expect(text).not.toContain(server.apiKey);
    await server.stop();
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await forgetLocalServer(server);
  });

  it('lives on when nobody reads its output any more', async () => {
    const folder = await temporaryFolder();
    const env = { ...process.env, LANGSMITH_API_KEY: 'key' };
    const child = spawn(process.execPath, [entry, '--data-dir', folder, ...engineFlag()], { env });
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk) => resolve(String(chunk))),
    );
    const { endpoint } = JSON.parse(line) as { endpoint: string };
    child.stdout.destroy();
    child.stderr.destroy();
    const wire = wireOf({ endpoint, apiKey: 'key' });
    for (let count = 0; count < 5; count += 1) await wire.expect(200, 'GET', '/boxes');
    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
  });

  it('starts over the data directory of a server that was killed', async () => {
    const killed = await startLocalServer();
    await wireOf(killed).expect(201, 'POST', '/registries', { name: 'kept', url: 'x.example.com' });
    await killed.kill9();
    const next = await startLocalServer({ dataDir: killed.dataDir });
    expect(await wireOf(next).expect(200, 'GET', '/registries/kept')).toMatchObject({ name: 'kept' });
    await next.stop();
    await forgetLocalServer(next);
  });

  it('wants a whole key with --seal-key-stdin', async () => {
    const folder = await temporaryFolder();
    const ended = await run(['--data-dir', folder, '--seal-key-stdin', ...engineFlag()], {
      input: 'short\n',
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('32 bytes');
    const none = await run(['--data-dir', folder, '--seal-key-stdin', ...engineFlag()]);
    expect(none.code).toBe(2);
  });
});

describe('a lease', () => {
  it('is held from its first line on, and the server ends when the last one is gone', async () => {
    const folder = await temporaryFolder();
    const child = spawn(process.execPath, [entry, '--data-dir', folder, '--linger', '3', ...engineFlag()], {
      env: { ...process.env, LANGSMITH_API_KEY: 'lease-key' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const endpoint = await new Promise<string>((resolve) => {
      child.stdout.once('data', (line: Buffer) => {
        resolve((JSON.parse(line.toString()) as { endpoint: string }).endpoint);
      });
    });
    const holder = new AbortController();
    const lease = await fetch(`${endpoint}/local/v1/lease`, {
      headers: { 'X-Api-Key': 'lease-key' },
      signal: holder.signal,
    });
    const first = await lease.body!.getReader().read();
    expect(Buffer.from(first.value as Uint8Array).toString()).toBe('{"ok":true}\n');
    const start = Date.now();
    await until('more than the lingering time to pass', () => Date.now() - start > 4000 || undefined);
    expect(child.exitCode).toBe(null);
    const headers = { 'X-Api-Key': 'lease-key' };
    const head = await fetch(`${endpoint}/local/v1/lease`, { method: 'HEAD', headers });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    holder.abort(); // The last one: what was only looked at is none.
    expect(await ended).toBe(0);
  });

  it('does not keep the server from ending on SIGTERM', async () => {
    const server = await startLocalServer();
    const lease = await fetch(`${server.endpoint}/local/v1/lease`, {
      headers: { 'X-Api-Key': server.apiKey },
    });
    expect(await server.stop()).toBe(0);
    await expect(lease.text()).resolves.toContain('{"ok":true}');
    await forgetLocalServer(server);
  });
});
