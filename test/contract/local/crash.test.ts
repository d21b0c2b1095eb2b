import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Box, BoxList, Snapshot, SnapshotList } from '../../../src/api/types';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { emptyServer } from './fixture/empty-server';
import { engineView, soon } from './fixture/engine-view';
import { unique, wireOf, type Wire } from './fixture/wire';

// One data folder, and one server after the other over it.

const view = engineView();
let server: LocalServer;
let wire: Wire;
let snapshot: Snapshot;

async function start(dataDir?: string): Promise<void> {
  server = await startLocalServer({ dataDir, spares: true });
  wire = wireOf(server);
}

async function crash(): Promise<void> {
  await server.kill9();
  await start(server.dataDir);
}

beforeAll(async () => {
  await start();
  snapshot = await wire.build('crash/base');
});
afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});

it('after kill -9 between operations a new server shows what the old one did', async () => {
  const ready = await wire.boot({ snapshot_id: snapshot.id, name: 'ready' });
  const stopped = await wire.boot({ snapshot_id: snapshot.id, name: 'stopped' });
  await wire.execute(stopped.id, 'echo kept > /root/file');
  await wire.expect(204, 'POST', `/boxes/${stopped.id}/stop`);
  const lists = async (): Promise<unknown> => {
    const { items: boxes } = await wire.expect<BoxList>(200, 'GET', '/boxes');
    const { items: snapshots } = await wire.expect<SnapshotList>(200, 'GET', '/snapshots');
    return { boxes: boxes?.map((box) => ({ ...box, dataplane_url: '' })), snapshots };
  };
  const before = await lists();
  await crash();
  expect(await lists()).toEqual(before);
  expect((await wire.execute(ready.id, 'echo up')).stdout).toBe('up\n');
  expect((await wire.execute(stopped.id, 'cat /root/file')).stdout).toBe('kept\n');
});

it('what happened to containers while no server ran is shown as it is', async () => {
  const [ended, removed] = [
    await wire.boot({ snapshot_id: snapshot.id }),
    await wire.boot({ snapshot_id: snapshot.id }),
  ];
  await server.kill9();
  await view.engine.stopContainer(`langsmith-sandbox-${ended.id}`, 1, soon());
  await view.engine.removeContainer(`langsmith-sandbox-${removed.id}`, soon());
  await start(server.dataDir);
  expect(await wire.expect<Box>(200, 'GET', `/boxes/${ended.id}`)).toMatchObject({ status: 'stopped' });
  const gone = await wire.expect<Box>(200, 'GET', `/boxes/${removed.id}`);
  expect(gone.status).toBe('failed');
  expect(gone.status_message).toContain('was removed from the engine');
});

it('kill -9 while sandboxes are created leaves no container that the list does not show', async () => {
  const request = { snapshot_id: snapshot.id };
  const created = await Promise.all([1, 2, 3, 4].map(() => wire.expect<Box>(201, 'POST', '/boxes', request)));
  await until('the engine to have one of them', async () => {
    for (const { id } of created) if (await view.container(id)) return true;
    return undefined;
  });
  await crash();
  for (const { id } of created) {
    // The engine goes on for a moment with what the dead server had asked of it.
    await until('the list and the engine to agree', async () => {
      const box = await wire.expect<Box>(200, 'GET', `/boxes/${id}`);
      const isRunning = (await view.container(id))?.state === 'running';
      const isSaid = box.status_message?.includes('The local server stopped');
      const isTrue = isRunning ? box.status === 'ready' : box.status === 'failed' && isSaid;
      return isTrue || undefined;
    });
  }
});

it('kill -9 during a capture leaves a capture that is ready or failed, no image besides, and the sandbox ready', async () => {
  const { id } = await wire.boot({ snapshot_id: snapshot.id });
  const upload = await wire.upload(id, '/opt/big', randomBytes(30 * 1024 * 1024));
  expect(upload.status).toBe(200);
  const name = unique();
  const capture = await wire.expect<Snapshot>(201, 'POST', `/boxes/${id}/snapshot`, { name });
  await view.untilWriting(id);
  await crash();
  expect(await wire.expect<Box>(200, 'GET', `/boxes/${id}`)).toMatchObject({ status: 'ready' });
  const after = await wire.settled(capture.id);
  expect((await view.container(id))?.state).toBe('running');
  const isKept = after.status === 'ready';
  if (!isKept) expect(after.status_message).toContain('The local server stopped during the capture');
  expect(await view.imagesOf([capture.id])).toHaveLength(isKept ? 1 : 0);
});

it('containers and images of ours that no row has are removed at start', async () => {
  const images = await view.imagesBeside(snapshot.id);
  const [image] = await view.imagesOf([snapshot.id]);
  const { id } = await wire.boot({ snapshot_id: snapshot.id });
  const labels = (await view.container(id))?.labels ?? {};
  const name = `stray-${unique()}`;
  await view.engine.createContainer(
    { name, image: image!, labels: { ...labels, 'langsmith-sandboxes.box': 'nobody' }, env: {} },
    soon(),
  );
  await view.engine.tagImage(image!, image!.split(':')[0]!, 'nobody', soon());
  await crash();
  expect(await view.engine.inspectContainer(name, soon())).toBeUndefined();
  expect(await view.imagesBeside(snapshot.id)).toEqual(images);
});

it('SIGTERM ends with 0 and kills the commands that run, not the sandboxes', async () => {
  const { id } = await wire.boot({ snapshot_id: snapshot.id });
  const command = wire
    .call('POST', `/${id}/execute`, { command: 'touch /root/runs; sleep 4714' })
    .catch(() => undefined);
  await until('the command to run', async () => (await wire.download(id, '/root/runs')).ok || undefined);
  expect(await server.stop()).toBe(0);
  expect((await command)?.status).not.toBe(200);
  expect((await view.container(id))?.state).toBe('running');
  await start(server.dataDir);
  expect((await wire.execute(id, 'ps | grep -c "[s]leep 4714"')).stdout).toBe('0\n');
});
