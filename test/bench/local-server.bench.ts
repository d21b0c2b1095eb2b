import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, it } from 'vitest';
import { createBox, deleteBox, getBox } from '../../src/api/boxes';
import { execute } from '../../src/api/commands';
import { download, upload } from '../../src/api/files';
import { Secret } from '../../src/api/secret';
import { captureSnapshot, createSnapshot, deleteSnapshot } from '../../src/api/snapshots';
import { Transport } from '../../src/api/transport';
import type { Box } from '../../src/api/types';
import { waitForSnapshot } from '../../src/api/wait';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import { line, settle, timed, type Contest } from './contest';
import { docker } from './docker';

const unique = randomBytes(4).toString('hex');
const gigabyte = 1024 ** 3;
const hundredMegabytes = 100 * 1024 ** 2;
const lines: string[] = [];
let server: LocalServer;
let transport: Transport;
let image: string;
let box: Box;
let container: string;
let folder: string;

beforeAll(async () => {
  server = await startLocalServer();
  transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  image = `${testEnvironment().registryOpen}/sandbox-base:1`;
  await docker('pull', '-q', image);
  const snapshot = await createSnapshot(transport, {
    name: `bench-${unique}`,
    docker_image: image,
    fs_capacity_bytes: gigabyte,
  });
  await waitForSnapshot(transport, snapshot.id, { timeoutMs: 60_000 });
  box = await create(`bench-${unique}`);
  container = await docker('run', '-d', '--init', image, 'sleep', '3600');
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-bench-'));
});

afterAll(async () => {
  console.log(`\n${lines.join('\n')}\n`);
  await docker('rm', '-f', container);
  await docker('rmi', image);
  await transport.close();
  await endLocalServer(server);
  await rm(folder, { recursive: true });
});

const create = (name: string): Promise<Box> =>
  createBox(transport, { name, snapshot_name: `bench-${unique}`, wait_for_ready: true });

const contest = (wanted: Contest): void => {
  it(wanted.name, { timeout: 600_000 }, async () => {
    lines.push(line(await settle(wanted)));
  });
};

contest({
  name: 'create a sandbox, to ready',
  against: 'docker run -d',
  pairs: 20,
  ours: async (round) => {
    const name = `bench-${unique}-${round}`;
    const ms = await timed(() => create(name));
    await deleteBox(transport, name);
    return ms;
  },
  theirs: async (round) => {
    const name = `bench-docker-${unique}-${round}`;
    const ms = await timed(() => docker('run', '-d', '--init', '--name', name, image, 'sleep', '3600'));
    await docker('rm', '-f', name);
    return ms;
  },
});

contest({
  name: 'run a command',
  against: 'docker exec',
  pairs: 40,
  ours: () => timed(() => execute(transport, box, { command: 'true' })),
  theirs: () => timed(() => docker('exec', container, '/bin/bash', '-c', 'true')),
});

contest({
  name: 'capture 10 MB',
  against: 'docker commit',
  pairs: 20,
  ours: async (round) => {
    await execute(transport, box, { command: `head -c 10485760 /dev/urandom > /root/data` });
    const name = `bench-capture-${unique}-${round}`;
    const ms = await timed(async () => {
      const { id } = await captureSnapshot(transport, box.id, { name });
      await waitForSnapshot(transport, id, { timeoutMs: 60_000 });
    });
    await deleteSnapshot(transport, name);
    return ms;
  },
  theirs: async (round) => {
    const name = `bench-commit-${unique}:${round}`;
    await docker('exec', container, '/bin/sh', '-c', `head -c 10485760 /dev/urandom > /root/data`);
    const ms = await timed(() => docker('commit', container, name));
    await docker('rmi', name);
    return ms;
  },
});

contest({
  name: 'upload 100 MB',
  against: 'docker cp',
  pairs: 20,
  ours: async () => {
    const bytes = Buffer.alloc(hundredMegabytes, 'x');
    return timed(() => upload(transport, box, '/root/big', bytes));
  },
  theirs: async () => {
    const file = path.join(folder, 'big');
    await writeFile(file, Buffer.alloc(hundredMegabytes, 'x'));
    return timed(() => docker('cp', file, `${container}:/root/big`));
  },
});

contest({
  name: 'download 100 MB',
  against: 'docker cp',
  pairs: 20,
  ours: () =>
    timed(async () => {
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      await pipeline(await download(transport, await getBox(transport, box.id), '/root/big'), nowhere);
    }),
  theirs: () => timed(() => docker('cp', `${container}:/root/big`, path.join(folder, 'out'))),
});
