import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { execute } from '../../src/api/commands';
import { upload } from '../../src/api/files';
import { downloadToFile } from '../../src/api/files/download-to-file';
import { captureSnapshot, deleteSnapshot } from '../../src/api/snapshots';
import { waitForSnapshot } from '../../src/api/wait';
import { timed } from './contest';
import { docker } from './docker';
import { pairs, rig } from './rig';

const unique = randomBytes(4).toString('hex');
const hundredMegabytes = 100 * 1024 ** 2;
const bench = rig();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-bench-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

bench.contest({
  name: 'capture 10 MB',
  against: 'docker commit',
  pairs,
  ours: async (round) => {
    await execute(bench.transport, bench.box, { command: `head -c 10485760 /dev/urandom > /root/data` });
    const name = `bench-capture-${unique}-${round}`;
    const ms = await timed(async () => {
      const { id } = await captureSnapshot(bench.transport, bench.box.id, { name });
      await waitForSnapshot(bench.transport, id, { timeoutMs: 60_000 });
    });
    await deleteSnapshot(bench.transport, name);
    return ms;
  },
  theirs: async (round) => {
    const name = `bench-commit-${unique}:${round}`;
    await docker('exec', bench.container, '/bin/sh', '-c', `head -c 10485760 /dev/urandom > /root/data`);
    const ms = await timed(() => docker('commit', bench.container, name));
    await docker('rmi', name);
    return ms;
  },
});

async function bigFile(): Promise<string> {
  const file = path.join(folder, 'big');
  await writeFile(file, Buffer.alloc(hundredMegabytes, 'x'));
  return file;
}

bench.contest({
  name: 'upload 100 MB',
  against: 'docker cp',
  pairs,
  ours: async () => {
    const file = await bigFile();
    return timed(() => upload(bench.transport, bench.box, '/root/big', createReadStream(file)));
  },
  theirs: async () => {
    const file = await bigFile();
    return timed(() => docker('cp', file, `${bench.container}:/root/big`));
  },
});

bench.contest({
  name: 'download 100 MB',
  against: 'docker cp',
  pairs,
  ours: () => timed(() => downloadToFile(bench.transport, bench.box, '/root/big', path.join(folder, 'ours'))),
  theirs: () => timed(() => docker('cp', `${bench.container}:/root/big`, path.join(folder, 'out'))),
});
