import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as esbuild from 'esbuild';
import tar from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/api/types';
import type { EngineImage } from '../../../src/local/engine/engine';
import { instanceLabel, repositoryOf } from '../../../src/local/lifecycle/engine-names';
import { testEnvironment } from '../../harness/env';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { engineRoom } from '../engine/fixture/engine-room';
import { layeredImage } from '../engine/fixture/layered-image';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { tarOf } from '../engine/fixture/tar-files';
import { emptyServer } from './fixture/empty-server';
import { engineView, soon } from './fixture/engine-view';
import { unique, wireOf, type Wire } from './fixture/wire';

// A server that flattens images of more than two layers, so that two captures make a deep one.

const view = engineView();
const room = engineRoom(testEnvironment().engine);
const program = path.join(os.tmpdir(), `langsmith-sandboxes-shallow-${unique()}.cjs`);
const modules = path.dirname(
  path.dirname(createRequire(__filename).resolve('node-sqlite3-wasm/package.json')),
);
let server: LocalServer;
let wire: Wire;
let base: Snapshot;
let instance: string;

/** CAP_NET_RAW, as the kernel keeps it. */
const capability = '\x01\x00\x00\x02\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00';
const capable = {
  uid: 1000,
  gid: 1000,
  mode: 0o4755,
  pax: { 'SCHILY.xattr.security.capability': capability },
};
const variables = ['OF_IMAGE=it\'s "$HOME" \\ x=y', 'PATH=/bin'];
const config = {
  User: 'app',
  WorkingDir: '/srv',
  Env: variables,
  Entrypoint: ['/bin/echo', 'a b'],
  Cmd: ['hello'],
  Labels: { maker: 'a "b"' },
  ExposedPorts: { '8080/tcp': {} },
};

async function start(dataDir?: string): Promise<void> {
  server = await startLocalServer({ program, dataDir, spares: true, env: { NODE_PATH: modules } });
  wire = wireOf(server);
}

beforeAll(async () => {
  const entryPoints = [path.join(__dirname, 'fixture/shallow-server.ts')];
  const external = ['node-sqlite3-wasm'];
  await esbuild.build({
    entryPoints,
    outfile: program,
    external,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  await start();
  const upper = [tarOf({ 'opt/capable': 'x' }, capable), tarOf({ 'etc/.wh.motd': '' })].map((layer) =>
    buffer(layer),
  );
  const layers = [await busyboxFilesystem(), ...(await Promise.all(upper))];
  base = await wire.build('deep/base', await layeredImage(room, layers, config));
  instance = (await imageNameOf(base)).split(':')[0]!.slice(repositoryOf('').length);
});

afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
  await rm(program);
});

async function imageNameOf({ id }: Snapshot): Promise<string> {
  const [name = '', ...others] = await view.imagesOf([id]);
  expect(others).toEqual([]);
  return name;
}

async function imageOf(snapshot: Snapshot): Promise<EngineImage> {
  return (await view.engine.inspectImage(await imageNameOf(snapshot), soon()))!;
}

/** Of the snapshots' scratch containers and images. */
async function leftOvers(): Promise<string[]> {
  const containers = await view.engine.listContainers(instanceLabel, instance, soon());
  const names = containers.map(({ name }) => name).filter((name) => !name.startsWith('langsmith-sandbox-'));
  const images = await view.imagesBeside(base.id);
  return [...names, ...images.filter((name) => /-(deep|flat)$/.test(name))];
}

it('a build from a deep image has few layers, and its files and configuration', async () => {
  expect(base).toMatchObject({ status: 'ready', status_message: null });
  const image = await imageOf(base);
  expect(image.layerCount).toBe(2);
  expect(image).toMatchObject({
    user: 'app',
    workDir: '/srv',
    env: { OF_IMAGE: variables[0]!.slice('OF_IMAGE='.length), PATH: '/bin' },
    entrypoint: ['/bin/echo', 'a b'],
    cmd: ['hello'],
    exposedPorts: ['8080/tcp'],
    volumes: [],
  });
  expect(image.labels).toMatchObject({ maker: 'a "b"' });
  expect(await leftOvers()).toEqual([]);
});

it('a capture of it is flattened too: files, owners, modes, links, capabilities and settings are those of the sandbox', async () => {
  const first = await wire.boot({ snapshot_id: base.id });
  const write =
    'cd /opt; echo kept > file; ln file link; mkdir -m 700 mine; chown app mine; echo x > /tmp/file';
  await wire.execute(first.id, { command: write, run_config: { user: 'root' } });
  const created = await wire.expect<Snapshot>(201, 'POST', `/boxes/${first.id}/snapshot`, {
    name: 'deep/captured',
    run_config: { env_vars: { ADDED: 'yes' } },
  });
  const captured = await wire.settled(created.id);
  expect(captured).toMatchObject({ status: 'ready', status_message: null });
  const image = await imageOf(captured);
  expect(image.layerCount).toBe(2);
  expect(image).toMatchObject({ cmd: ['hello'], exposedPorts: ['8080/tcp'], labels: { maker: 'a "b"' } });
  expect(await leftOvers()).toEqual([]);
  expect((await wire.execute(first.id, 'cat /tmp/file')).stdout).toBe('x\n');

  const second = await wire.boot({ snapshot_id: captured.id });
  const look =
    'cat /opt/link; stat -c "%a %U %h" /opt/file /opt/mine /opt/capable; ls -A /tmp; ls /etc/motd; true';
  const { stdout } = await wire.execute(second.id, look);
  expect(stdout).toBe('kept\n644 root 2\n700 app 2\n4755 app 1\n');
  const run = await wire.execute(second.id, 'echo $(id -un) $PWD $ADDED');
  expect(run.stdout).toBe('app /srv yes\n');
  expect(await capabilityOf(second.id, '/opt/capable')).toBe(capability);
});

/** Of a sandbox with so much in it that it takes a while. */
async function captureBeingFlattened(): Promise<Snapshot> {
  const { id } = await wire.boot({ snapshot_id: base.id });
  const big = 'dd if=/dev/urandom of=/opt/big bs=1M count=60 2>&1';
  await wire.execute(id, { command: big, run_config: { user: 'root' } });
  const body = { name: unique() };
  const created = await wire.expect<Snapshot>(201, 'POST', `/boxes/${id}/snapshot`, body);
  await until('the flattening to begin', async () => {
    const { status, status_message } = await wire.expect<Snapshot>(200, 'GET', `/snapshots/${created.id}`);
    expect(status).toBe('building');
    return status_message?.startsWith('flattening') || undefined;
  });
  return created;
}

it('a capture deleted while it is flattened leaves nothing', async () => {
  const created = await captureBeingFlattened();
  await wire.expect(204, 'DELETE', `/snapshots/${created.id}`);
  expect(await view.imagesOf([created.id])).toEqual([]);
  expect(await leftOvers()).toEqual([]);
});

it(
  'after kill -9 while a capture is flattened the next server has it, deep as it is, and nothing besides',
  { timeout: 180_000 },
  async () => {
    const created = await captureBeingFlattened();
    const scratch = `langsmith-snapshot-${created.id}-deep`;
    await until('the engine to have a part of it', () => view.engine.inspectContainer(scratch, soon()));
    await server.kill9();
    await start(server.dataDir);
    const captured = await wire.settled(created.id);
    expect(captured).toMatchObject({ status: 'ready', status_message: null });
    // The engine goes on for a moment with what the dead server had asked of it.
    await until('nothing to be left', async () => (await leftOvers()).length === 0 || undefined);
    const { id } = await wire.boot({ snapshot_id: captured.id });
    expect((await wire.execute(id, 'stat -c %s /opt/big')).stdout).toBe(`${60 * 1024 * 1024}\n`);

    const next = await wire.expect<Snapshot>(201, 'POST', `/boxes/${id}/snapshot`, { name: unique() });
    expect(await wire.settled(next.id)).toMatchObject({ status: 'ready', status_message: null });
    expect((await imageOf(next)).layerCount).toBe(2);
  },
);

async function capabilityOf(boxId: string, file: string): Promise<string | undefined> {
  const archive = await view.engine.getArchive(`langsmith-sandbox-${boxId}`, file, soon());
  let found: string | undefined;
  for await (const entry of archive.pipe(tar.extract())) {
    const extensions = (entry.header.pax ?? {}) as Record<string, string>;
    found = extensions['SCHILY.xattr.security.capability'];
    entry.resume();
  }
  return found;
}
