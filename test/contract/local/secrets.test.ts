import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Registry, Snapshot } from '../../../src/api/types';
import { testEnvironment } from '../../harness/env';
import { forgetLocalServer, startLocalServer } from '../../harness/local-server';
import { emptyServer } from './fixture/empty-server';
import { bytesOf, formsOf } from './fixture/kept-bytes';
import { startSealedServer, type SealedServer } from './fixture/sealed-server';
import { gibibyte, wireOf } from './fixture/wire';

async function storeAndUse(
  server: Pick<SealedServer, 'endpoint' | 'apiKey'>,
  password: string,
): Promise<Snapshot> {
  const { registryAuth, registryUser } = testEnvironment();
  const wire = wireOf(server);
  const fields = { name: 'private', url: registryAuth, username: registryUser, password };
  const registry = await wire.expect<Registry>(201, 'POST', '/registries', fields);
  expect(JSON.stringify(registry)).not.toContain(password);
  await wire.call('GET', `/boxes?name_contains=${encodeURIComponent(password)}`);
  await wire.call('POST', '/registries', { ...fields, url: 'not a host' });
  return wire.build('private', 'sandbox-base:1', { registry_id: registry.id });
}

it('a registry password is in no log, no output and no file, and still works', async () => {
  const { registryPassword } = testEnvironment();
  const server = await startLocalServer();
  expect(await storeAndUse(server, registryPassword)).toMatchObject({ status: 'ready' });
  const wrong = `wrong-${randomUUID()}/+=`;
  await wireOf(server).expect(200, 'PATCH', '/registries/private', { password: wrong });
  const refused = await wireOf(server).build('refused', 'sandbox-base:1', { registry_id: 'private' });
  expect(refused.status).toBe('failed');
  expect(refused.status_message).not.toContain(wrong);
  await emptyServer(wireOf(server));
  await server.stop();

  const kept = await bytesOf(server.dataDir);
  expect(kept.includes('private')).toBe(true);
  for (const trace of [...formsOf(registryPassword), ...formsOf(wrong), server.apiKey]) {
    expect(server.stderr().includes(trace)).toBe(false);
    expect(kept.includes(trace)).toBe(false);
  }
  expect((await stat(path.join(server.dataDir, 'seal.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(server.dataDir)).mode & 0o777).toBe(0o700);
  await forgetLocalServer(server);
});

it('a password sealed with a parent’s key needs that key again, and says so otherwise', async () => {
  const { registryPassword } = testEnvironment();
  const key = randomBytes(32).toString('base64');
  const first = await startSealedServer(key);
  expect(await storeAndUse(first, registryPassword)).toMatchObject({ status: 'ready' });
  await first.stop();
  expect((await readdir(first.dataDir)).includes('seal.key')).toBe(false);
  expect((await bytesOf(first.dataDir)).includes(key)).toBe(false);

  const other = await startSealedServer(randomBytes(32).toString('base64'), first.dataDir);
  const failed = await wireOf(other).build('other-key', 'sandbox-base:1', { registry_id: 'private' });
  expect(failed).toMatchObject({ status: 'failed' });
  expect(failed.status_message).toContain('Enter it again');
  await other.stop();

  const again = await startSealedServer(key, first.dataDir);
  const request = { registry_id: 'private', fs_capacity_bytes: gibibyte };
  expect(await wireOf(again).build('same-key', 'sandbox-base:1', request)).toMatchObject({ status: 'ready' });
  await emptyServer(wireOf(again));
  await again.stop();
  await rm(again.dataDir, { recursive: true });
});
