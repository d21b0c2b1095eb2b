import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineContainer } from '../../../src/local/engine/engine';
import { boxLabel } from '../../../src/local/lifecycle/engine-names';
import type { Box, BoxList, Snapshot } from '../../../src/api/types';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { emptyServer } from './fixture/empty-server';
import { engineView, soon } from './fixture/engine-view';
import { gibibyte, wireOf, type Wire } from './fixture/wire';

const view = engineView();
let server: LocalServer;
let wire: Wire;
let snapshot: Snapshot;

async function start(options: { dataDir?: string; spares: boolean } = { spares: true }): Promise<void> {
  server = await startLocalServer(options);
  wire = wireOf(server);
}

beforeAll(async () => {
  await start();
  snapshot = await wire.build('spares', undefined, { run_config: { env_vars: { BASE: 'yes' } } });
  await wire.boot({ snapshot_id: snapshot.id });
});
afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});

/** Containers that no sandbox has. */
async function spares(of = snapshot): Promise<EngineContainer[]> {
  const containers = await view.containersBeside(of.id);
  const { items } = await wire.expect<BoxList>(200, 'GET', '/boxes?limit=500');
  return containers.filter(({ labels }) => !items?.some(({ id }) => id === labels[boxLabel]));
}

function aSpare(of = snapshot): Promise<string> {
  return until('a spare to run', async () => {
    const [spare] = await spares(of);
    return spare?.state === 'running' ? spare.labels[boxLabel] : undefined;
  });
}

it('a sandbox that gets a spare is the one that was asked for', async () => {
  const spare = await aSpare();
  const asked = { name: 'mine', labels: { owner: 'me' }, idle_ttl_seconds: 120 };
  const box = await wire.boot({ snapshot_id: snapshot.id, env_vars: { OWN: 'mine' }, ...asked });
  expect(box).toMatchObject({ id: spare, status: 'ready', ...asked });
  expect(await wire.expect<Box>(200, 'GET', '/boxes/mine')).toMatchObject({
    id: spare,
    labels: asked.labels,
  });
  expect((await wire.execute('mine', 'echo $BASE $OWN; ls -A /root /tmp')).stdout).toBe(
    'yes mine\n/root:\n\n/tmp:\n',
  );
  await wire.expect(204, 'POST', '/boxes/mine/stop');
  expect((await wire.execute('mine', 'echo again')).stdout).toBe('again\n');
  await wire.expect(204, 'DELETE', '/boxes/mine');
  expect(await view.container(box.id)).toBeUndefined();
});

it('the secrets of a sandbox that gets a spare are sealed for it', async () => {
  const spare = await aSpare();
  const config = (value?: string): object => {
    const header = { name: 'Authorization', type: 'opaque', value };
    return { rules: [{ name: 'api', enabled: false, match_hosts: ['api.example.com'], headers: [header] }] };
  };
  const { id } = await wire.boot({ snapshot_id: snapshot.id, proxy_config: config('token') });
  expect(id).toBe(spare);
  await wire.expect(200, 'PATCH', `/boxes/${id}`, { proxy_config: config() });
  await wire.expect(204, 'DELETE', `/boxes/${id}`);
});

it('is in no list, and no sandbox has its id', async () => {
  const spare = await aSpare();
  expect((await wire.call('GET', `/boxes/${spare}`)).status).toBe(404);
  expect((await wire.call('POST', `/${spare}/execute`, { command: 'true' })).status).toBe(404);
});

it('sandboxes that are created at the same time get containers of their own', async () => {
  const spare = await aSpare();
  const boxes = await Promise.all([1, 2].map(() => wire.boot({ snapshot_id: snapshot.id })));
  const [one, two] = boxes.map(({ id }) => id) as [string, string];
  expect([one, two]).toContain(spare);
  await wire.execute(one, 'echo one > /root/file');
  expect((await wire.execute(two, 'ls /root')).stdout).toBe('');
});

it('a spare that ended is replaced by a container that runs', async () => {
  const spare = await aSpare();
  await view.engine.stopContainer(`langsmith-sandbox-${spare}`, 1, soon());
  const { id } = await wire.boot({ snapshot_id: snapshot.id });
  expect(id).toBe(spare);
  expect((await wire.execute(id, 'echo up')).stdout).toBe('up\n');
});

it('one with other limits gets a container that has these', async ({ skip }) => {
  const spare = await aSpare();
  const { id } = await wire.boot({ snapshot_id: snapshot.id, mem_bytes: gibibyte / 8 });
  expect(id).not.toBe(spare);
  skip(!view.engine.info.hasCgroups, 'this engine keeps no limits: it has no control groups');
  const limit = 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null';
  expect((await wire.execute(id, limit)).stdout).toBe(`${gibibyte / 8}\n`);
});

it('a snapshot whose image only its spare needs is deleted', async () => {
  const box = await wire.boot({ snapshot_id: snapshot.id });
  const { id } = await wire.expect<Snapshot>(201, 'POST', `/boxes/${box.id}/snapshot`, { name: 'captured' });
  await wire.settled(id);
  const { id: user } = await wire.boot({ snapshot_id: id });
  const image = (await view.container(user))?.imageId;
  const users = async (): Promise<EngineContainer[]> =>
    (await view.containersBeside(snapshot.id)).filter(({ imageId }) => imageId === image);
  await until('a spare to be made', async () => (await users()).length === 2 || undefined);
  await wire.expect(204, 'DELETE', `/boxes/${user}`);
  await wire.expect(204, 'DELETE', `/snapshots/${id}`);
  expect(await view.imagesOf([id])).toEqual([]);
  expect(await users()).toEqual([]);
});

it('a stop leaves no spare', async () => {
  await aSpare();
  const { items } = await wire.expect<BoxList>(200, 'GET', '/boxes');
  expect(await server.stop()).toBe(0);
  expect(await view.containersBeside(snapshot.id)).toHaveLength(items?.length ?? 0);
});

it('kill -9 leaves none once a server runs again, and one that is told to makes none', async () => {
  await start({ dataDir: server.dataDir, spares: true });
  await wire.boot({ snapshot_id: snapshot.id });
  await aSpare();
  await server.kill9();
  await start({ dataDir: server.dataDir, spares: false });
  expect(await spares()).toEqual([]);
  const { id } = await wire.boot({ snapshot_id: snapshot.id });
  await wire.execute(id, 'sleep 1'); // longer than a spare takes to be begun
  expect(await spares()).toEqual([]);
});
