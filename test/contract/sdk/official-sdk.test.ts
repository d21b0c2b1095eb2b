import { randomBytes } from 'node:crypto';
import { SandboxClient } from 'langsmith/sandbox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { endLocalServer } from '../../harness/end-local-server';
import { testEnvironment } from '../../harness/env';
import { startLocalServer, type LocalServer } from '../../harness/local-server';

// The official SDK, unmodified, told nothing but the endpoint and the key, as a user's script would be.

const unique = randomBytes(4).toString('hex');
const gigabyte = 1024 ** 3;
let server: LocalServer;
let client: SandboxClient;

beforeAll(async () => {
  server = await startLocalServer();
  vi.stubEnv('LANGSMITH_ENDPOINT', server.endpoint);
  vi.stubEnv('LANGSMITH_API_KEY', server.apiKey);
  client = new SandboxClient();
});

afterAll(async () => {
  await endLocalServer(server);
});

it('builds a snapshot and lists it', async () => {
  const image = `${testEnvironment().registryOpen}/sandbox-base:1`;
  const snapshot = await client.createSnapshot(`sdk-base-${unique}`, image, gigabyte);
  expect(snapshot.status).toBe('ready');
  expect((await client.getSnapshot(snapshot.id)).name).toBe(`sdk-base-${unique}`);
  const listed = await client.listSnapshots({ nameContains: `SDK-BASE-${unique}`.toUpperCase() });
  expect(listed.map(({ id }) => id)).toEqual([snapshot.id]);
});

it('creates a sandbox by the snapshot’s name, runs a command, writes and reads a file', async () => {
  const sandbox = await client.createSandbox({
    snapshotName: `sdk-base-${unique}`,
    name: `sdk-one-${unique}`,
  });
  expect(sandbox.status).toBe('ready');
  const run = await sandbox.run('echo out; echo err >&2; exit 3');
  expect(run).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exit_code: 3 });
  const layered = await sandbox.run('printf "%s %s" "$GREETING" "$PWD"', {
    env: { GREETING: 'hi' },
    cwd: '/opt',
  });
  expect(layered.stdout).toBe('hi /opt');
  const bytes = randomBytes(300_000);
  await sandbox.write('/root/made/on/the/way.bin', bytes);
  expect(Buffer.compare(Buffer.from(await sandbox.read('/root/made/on/the/way.bin')), bytes)).toBe(0);
  await expect(sandbox.read('/root/nowhere')).rejects.toMatchObject({
    name: 'LangSmithResourceNotFoundError',
  });
  const names = (await client.listSandboxes()).map(({ name }) => name);
  expect(names).toContain(`sdk-one-${unique}`);
});

it('captures it, and what boots from the capture has the file', async () => {
  const capture = await client.captureSnapshot(`sdk-one-${unique}`, `sdk-capture-${unique}`);
  expect(capture).toMatchObject({ status: 'ready', name: `sdk-capture-${unique}` });
  const second = await client.createSandbox(capture.id, { name: `sdk-two-${unique}` });
  expect((await second.run('wc -c < /root/made/on/the/way.bin')).stdout.trim()).toBe('300000');
});

it('stops it, starts it, and its files are there', async () => {
  const sandbox = await client.getSandbox(`sdk-one-${unique}`);
  await sandbox.stop();
  expect((await client.getSandboxStatus(sandbox.name)).status).toBe('stopped');
  await sandbox.start();
  expect((await sandbox.run('ls /root/made/on/the')).stdout).toBe('way.bin\n');
});

it('gives the SDK its own typed errors', async () => {
  await expect(client.getSandbox('no-such-sandbox')).rejects.toMatchObject({
    name: 'LangSmithResourceNotFoundError',
  });
  await expect(new SandboxClient({ apiKey: 'wrong' }).listSandboxes()).rejects.toMatchObject({
    name: 'LangSmithSandboxAuthenticationError',
  });
});

it('keeps registries', async () => {
  const created = await client.registries.create({
    name: `sdk-registry-${unique}`,
    url: testEnvironment().registryAuth,
    username: testEnvironment().registryUser,
    password: testEnvironment().registryPassword,
  });
  const snapshot = await client.createSnapshot(
    `sdk-private-${unique}`,
    `${testEnvironment().registryAuth}/sandbox-base:1`,
    gigabyte,
    { registryId: created.id },
  );
  expect(snapshot.status).toBe('ready');
  await client.registries.delete(`sdk-registry-${unique}`);
  await client.deleteSnapshot(snapshot.id);
});

it('deletes everything it made', async () => {
  for (const name of [`sdk-one-${unique}`, `sdk-two-${unique}`]) await client.deleteSandbox(name);
  await expect(client.getSandbox(`sdk-one-${unique}`)).rejects.toMatchObject({
    name: 'LangSmithResourceNotFoundError',
  });
  for (const name of [`sdk-capture-${unique}`, `sdk-base-${unique}`]) await client.deleteSnapshot(name);
  expect(await client.listSnapshots({ nameContains: unique })).toEqual([]);
});
