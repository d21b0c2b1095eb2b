import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { execute } from '../../src/api/commands';
import type { Connection } from '../../src/app/connection';
import { Reach } from '../../src/app/files/reach';
import { SandboxFiles, type FileAt } from '../../src/app/files/sandbox-files';
import { uploadAll } from '../../src/app/files/transfer/upload-all';
import { Observable } from '../../src/app/observable';
import { Session } from '../../src/app/session';
import { timed } from './contest';
import { docker } from './docker';
import { pairs, rig } from './rig';

// What the editor does when a person opens, looks and saves, against the command line.

const bench = rig();
const content = Buffer.alloc(20_000, 'some text\n');
const flags = { create: true, overwrite: true };
const yes = (): Promise<boolean> => Promise.resolve(true);
let files: SandboxFiles;
let folder: string;
const at = (file: string): FileAt => ({ id: bench.box.id, path: file });

beforeAll(async () => {
  const target = { kind: 'local' } as const;
  const session = new Session(target, bench.transport, () => 50);
  const current = new Observable<Connection>({ state: 'connected', target, endpoint: '', session });
  files = new SandboxFiles(new Reach({ current, restore: () => Promise.resolve() }));
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-bench-'));
  await writeFile(path.join(folder, 'file'), content);
  for (let each = 0; each < 5000; each++) {
    const place = path.join(folder, 'many', `${each % 50}`);
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, `${each}`), `${each}`);
  }
  const command = 'mkdir -p /srv/many && cd /srv/many && seq 1 300 | xargs touch';
  await execute(bench.transport, bench.box, { command });
  await docker('exec', bench.container, '/bin/sh', '-c', command);
  await docker('cp', path.join(folder, 'file'), `${bench.container}:/srv/file`);
  await files.write(at('/srv/file'), content, flags, yes);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

bench.contest({
  name: 'list a folder of 300',
  against: 'docker exec ls -l',
  pairs,
  ours: () => timed(() => files.list(at('/srv/many'))),
  theirs: () => timed(() => docker('exec', bench.container, 'ls', '-l', '/srv/many')),
});

bench.contest({
  name: 'open a file (look and read)',
  against: 'docker cp',
  pairs,
  ours: () =>
    timed(async () => {
      await files.stat(at('/srv/file'));
      await files.read(at('/srv/file'));
    }),
  theirs: () => timed(() => docker('cp', `${bench.container}:/srv/file`, path.join(folder, 'out'))),
});

bench.contest({
  name: 'save a file (look, write, look)',
  against: 'docker cp',
  pairs,
  ours: () =>
    timed(async () => {
      await files.stat(at('/srv/file'));
      await files.write(at('/srv/file'), content, flags, yes);
      await files.stat(at('/srv/file'));
    }),
  theirs: () => timed(() => docker('cp', path.join(folder, 'file'), `${bench.container}:/srv/file`)),
});

bench.contest({
  name: 'upload 5,000 small files',
  against: 'docker cp',
  pairs: 5,
  ours: () =>
    timed(() =>
      files.within(bench.box.id, (place) =>
        uploadAll(place, [path.join(folder, 'many')], '/root', {
          signal: new AbortController().signal,
          onStep: () => undefined,
        }),
      ),
    ),
  theirs: () => timed(() => docker('cp', path.join(folder, 'many'), `${bench.container}:/root`)),
});
