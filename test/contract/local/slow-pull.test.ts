import { afterEach, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/api/types';
import { downloadHeld, holdDownloads, pushFreshImage, releaseDownloads } from '../../harness/downloads';
import { testEnvironment } from '../../harness/env';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { emptyServer } from './fixture/empty-server';
import { engineView } from './fixture/engine-view';
import { gibibyte, unique, wireOf, type Wire } from './fixture/wire';

const view = engineView();
const servers: LocalServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await emptyServer(wireOf(server));
    await server.stop();
    await forgetLocalServer(server);
  }
});

interface HeldBuild {
  image: string;
  server: LocalServer;
  wire: Wire;
  id: string;
  reference: string;
}

async function heldBuild(): Promise<HeldBuild> {
  const server = await startLocalServer();
  servers.push(server);
  const wire = wireOf(server);
  const image = await pushFreshImage();
  const reference = `${testEnvironment().registrySlow}/${image}`;
  await holdDownloads(image);
  const request = { name: unique(), docker_image: reference, fs_capacity_bytes: gibibyte };
  const { id } = await wire.expect<Snapshot>(201, 'POST', '/snapshots', request);
  await downloadHeld(image);
  return { image, server, wire, id, reference };
}

it('a build tells which layer it pulls, and leaves no name behind that the engine did not have', async () => {
  const { image, wire, id, reference } = await heldBuild();
  const step = await until('a step that names a layer', async () => {
    const { status_message } = await wire.expect<Snapshot>(200, 'GET', `/snapshots/${id}`);
    return status_message?.includes('layer') ? status_message : undefined;
  });
  expect(step).toMatch(/^pulling layer \d of \d$/);
  await releaseDownloads(image);
  expect(await wire.settled(id)).toMatchObject({ status: 'ready', status_message: null });
  expect(await view.hasImage(reference)).toBe(false);
  expect(await view.imagesOf([id])).toHaveLength(1);
});

it('a build that is deleted while it pulls is cancelled, and nothing of it stays', async () => {
  const { image, wire, id, reference } = await heldBuild();
  await wire.expect(204, 'DELETE', `/snapshots/${id}`);
  await releaseDownloads(image);
  expect((await wire.call('GET', `/snapshots/${id}`)).status).toBe(404);
  expect(await view.imagesOf([id])).toEqual([]);
  expect(await view.hasImage(reference)).toBe(false);
});

it('after kill -9 in the middle of a build, a new server says so and the engine has nothing of it', async () => {
  const { image, server, id, reference } = await heldBuild();
  await server.kill9();
  await releaseDownloads(image);
  servers.splice(0, 1, await startLocalServer({ dataDir: server.dataDir }));
  const again = wireOf(servers[0]!);
  expect(await again.expect<Snapshot>(200, 'GET', `/snapshots/${id}`)).toMatchObject({
    status: 'failed',
    status_message: 'The local server stopped during the build. Build it again.',
  });
  expect(await view.imagesOf([id])).toEqual([]);
  await until('the pulled name to be gone', async () => !(await view.hasImage(reference)) || undefined);
});

it('SIGTERM in the middle of a build ends with 0, and the build is failed with that reason', async () => {
  const { server, id, reference } = await heldBuild();
  expect(await server.stop()).toBe(0);
  expect(await view.hasImage(reference)).toBe(false);
  servers.splice(0, 1, await startLocalServer({ dataDir: server.dataDir }));
  const after = await wireOf(servers[0]!).expect<Snapshot>(200, 'GET', `/snapshots/${id}`);
  expect(after.status).toBe('failed');
  expect(after.status_message).toContain('The local server stopped during the build');
});
