import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { downloadAll, type Downloaded } from '../../../src/app/files/transfer/download-all';
import { namesThere } from '../../../src/app/files/transfer/names-there';
import { uploadAll, type Uploaded } from '../../../src/app/files/transfer/upload-all';
import { discard } from '../../../src/app/files/transfer/tar-script';
import type { Run, Step } from '../../../src/app/outcome';
import { gnuFilesystem } from '../engine/fixture/gnu-filesystem';
import { busyboxFilesystem, scratchFilesystem } from '../engine/fixture/root-filesystem';
import { readText } from './fixture/box-files';
import { imageBoxes } from './fixture/image-boxes';

const box = imageBoxes();
const { running, boot } = box;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-transfer-'));
  await mkdir(path.join(folder, 'tree/below/deeper'), { recursive: true });
  await mkdir(path.join(folder, 'tree/hollow'));
  await writeFile(path.join(folder, 'tree/a.txt'), 'first');
  await writeFile(path.join(folder, 'tree/below/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(path.join(folder, `tree/below/deeper/ünï 'x' 😀`), 'odd');
  await symlink('a.txt', path.join(folder, 'tree/link'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function aRun(): Run & { steps: Step[]; abort: () => void } {
  const controller = new AbortController();
  const steps: Step[] = [];
  return {
    signal: controller.signal,
    steps,
    onStep: (step) => void steps.push(step),
    abort: () => controller.abort(new Error('cancelled')),
  };
}

const upload = (id: string, names: string[], to: string, run: Run = aRun()): Promise<Uploaded> =>
  box.files.within(id, (place) =>
    uploadAll(
      place,
      names.map((name) => path.join(folder, name)),
      to,
      run,
    ),
  );
const download = (
  id: string,
  from: string,
  to: string,
  run: Run = aRun(),
  mayReplace = true,
): Promise<Downloaded> =>
  box.files.within(id, (place) => downloadAll(place, from, { path: path.join(folder, to), mayReplace }, run));
const names = async (id: string, at: string): Promise<string[]> =>
  (await box.files.list({ id, path: at })).entries.map(({ name }) => name).sort();

const insteadOfTar = async (id: string, script: string): Promise<void> => {
  const text = `tar=$(command -v tar) && mv "$tar" "$tar.real" && printf '%s\\n' '#!/bin/sh' '${script}' > "$tar" && chmod +x "$tar"`;
  expect(await running.wire.execute(id, text)).toMatchObject({ exit_code: 0 });
};

const images = [
  { image: 'a GNU image', filesystem: gnuFilesystem, hasPrograms: true },
  { image: 'a busybox image', filesystem: busyboxFilesystem, hasPrograms: true },
  { image: 'an image without a shell', filesystem: scratchFilesystem, hasPrograms: false },
];

describe.each(images)('with $image', ({ filesystem, hasPrograms }) => {
  let id: string;

  beforeAll(async () => {
    id = await boot(filesystem);
  });

  it('a folder goes up with all it holds, and nothing beside it', async () => {
    const run = aRun();
    const uploaded = await upload(id, ['tree'], '/srv/into', run);
    expect(uploaded).toEqual({ files: 3, bytes: 18, leftOut: hasPrograms ? 0 : 2 });
    expect(run.steps.at(-1)).toMatchObject({ kind: 'bytes', of: 18 });
    expect(await names(id, '/srv/into')).toEqual(['tree']);
    expect(await readText(box, { id, path: '/srv/into/tree/a.txt' })).toBe('first');
    expect(await readText(box, { id, path: `/srv/into/tree/below/deeper/ünï 'x' 😀` })).toBe('odd');
    if (!hasPrograms) return;
    expect(await names(id, '/srv/into/tree')).toEqual(['a.txt', 'below', 'hollow', 'link']);
    const script = 'cd /srv/into/tree && [ -x below/run.sh ] && [ -L link ] && [ ! -x a.txt ]';
    expect((await running.wire.execute(id, script)).exit_code).toBe(0);
  });

  it('what an upload would replace is told before', async () => {
    await upload(id, ['tree'], '/srv/told');
    const there = (at: string): Promise<readonly string[]> =>
      box.files.within(id, (place) => namesThere(place, at, ['new', 'tree']));
    expect(await there('/srv/told')).toEqual(['tree']);
    expect(await there('/srv/nowhere')).toEqual([]);
  });

  it('a folder comes down with all it holds, and takes the place of what was there', async () => {
    await upload(id, ['tree'], '/srv/down');
    await mkdir(path.join(folder, 'came'));
    await writeFile(path.join(folder, 'came/before'), '');
    const downloaded = await download(id, '/srv/down/tree', 'came');
    expect(downloaded).toEqual({ files: 3, leftOut: hasPrograms ? 1 : 0 });
    const came = await readdir(path.join(folder, 'came'), { recursive: true });
    expect(came).toContain(`below/deeper/ünï 'x' 😀`);
    expect(came).not.toContain('before');
    if (hasPrograms) expect((await stat(path.join(folder, 'came/below/run.sh'))).mode & 0o777).toBe(0o755);
    await rm(path.join(folder, 'came'), { recursive: true });
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('a file goes up and comes down by itself', async () => {
    const content = randomBytes(3_000_000);
    await writeFile(path.join(folder, 'one'), content);
    expect(await upload(id, ['one'], '/srv')).toEqual({ files: 1, bytes: content.length, leftOut: 0 });
    const run = aRun();
    await download(id, '/srv/one', 'back', run);
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await readFile(path.join(folder, 'back')))).toBe(digest(content));
    expect(run.steps.at(-1)).toEqual({ kind: 'bytes', done: content.length, of: content.length });
  });

  it('what stands there by the end of a download stays unless it may be replaced', async () => {
    await writeFile(path.join(folder, 'stands'), 'mine');
    await upload(id, ['tree'], '/srv/stands');
    const refused = download(id, '/srv/stands/tree', 'stands', aRun(), false);
    await expect(refused).rejects.toMatchObject({ problem: 'exists' });
    expect(await readFile(path.join(folder, 'stands'), 'utf8')).toBe('mine');
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('what is not there does not come down, and nothing is made for it', async () => {
    await expect(download(id, '/srv/none', 'none')).rejects.toMatchObject({ problem: 'not-found' });
    await expect(stat(path.join(folder, 'none'))).rejects.toThrow('ENOENT');
  });
});

it('where there is no tar, all comes and goes file by file, and the other programs go on being used', async () => {
  const id = await boot(gnuFilesystem);
  await running.wire.execute(id, 'rm "$(command -v tar)"');
  expect(await upload(id, ['tree'], '/srv')).toMatchObject({ files: 3, leftOut: 2 });
  expect(await download(id, '/srv/tree', 'without-tar')).toEqual({ files: 3, leftOut: 0 });
  await box.files.makeFolder({ id, path: '/srv/made' });
  expect(await names(id, '/srv')).toEqual(['made', 'tree']);
});

it('a file that changes while its folder comes down does not keep it from coming', async () => {
  const id = await boot(gnuFilesystem);
  await upload(id, ['tree'], '/srv');
  await insteadOfTar(id, 'tar.real "$@"; [ "$1" = --version ] || exit 1');
  expect(await download(id, '/srv/tree', 'changing')).toEqual({ files: 3, leftOut: 1 });
});

it('a download that is cancelled while its folder is packed leaves no tar', async () => {
  const id = await boot(gnuFilesystem);
  await upload(id, ['tree'], '/srv');
  await insteadOfTar(id, 'tar.real "$@"; [ "$1" = --version ] && exit; mkfifo /srv/wait; : </srv/wait');
  const left = async (): Promise<string> =>
    (
      await running.wire.execute(
        id,
        `for f in /tmp/.langsmith-* /var/tmp/.langsmith-*; do
      [ ! -e "$f" ] || echo "$f"; done`,
      )
    ).stdout;
  const run = aRun();
  const cancelled = download(id, '/srv/tree', 'cancelled', run);
  cancelled.catch(() => undefined); // Looked at below.
  await vi.waitFor(async () => expect(await left()).not.toBe(''), { timeout: 30_000, interval: 200 });
  run.abort();
  await expect(cancelled).rejects.toThrow('cancelled');
  expect(await left()).toBe('');
});

it('five thousand small files go up in one stream', async () => {
  const id = await boot(busyboxFilesystem);
  const many = path.join(folder, 'many');
  for (let at = 0; at < 50; at++) {
    await mkdir(path.join(many, `${at}`), { recursive: true });
    await Promise.all(
      Array.from({ length: 100 }, (_, of) => writeFile(path.join(many, `${at}/${of}`), `${at}/${of}`)),
    );
  }
  box.requests.length = 0;
  expect(await upload(id, ['many'], '/srv')).toMatchObject({ files: 5000 });
  expect(box.requests.filter((each) => !each.includes('boxes'))).toEqual([
    'POST /execute',
    'POST /upload',
    'POST /execute',
  ]);
  const { stdout } = await running.wire.execute(id, 'find /srv/many -type f | wc -l; cat /srv/many/49/99');
  expect(stdout).toBe('5000\n49/99');
});

it('a sandbox that was stopped meanwhile is not started to tidy up', async () => {
  const id = await boot(busyboxFilesystem);
  const stopped = { obstacle: { why: 'not-running', status: 'stopped' } };
  const tidied = box.files.within(id, async (place) => {
    await running.wire.expect(204, 'POST', `/boxes/${id}/stop`, {});
    await discard(place, '/srv/none');
  });
  await expect(tidied).rejects.toMatchObject(stopped);
  expect(await running.wire.expect(200, 'GET', `/boxes/${id}/status`)).toMatchObject({ status: 'stopped' });
});

it('an upload that is cancelled ends, and leaves nothing half done', async () => {
  const id = await boot(busyboxFilesystem);
  await mkdir(path.join(folder, 'large'));
  await writeFile(path.join(folder, 'large/a'), Buffer.alloc(50_000_000));
  const run = aRun();
  const stopping: Run = {
    ...run,
    onStep: (step) => {
      if (step.kind === 'bytes') run.abort();
    },
  };
  await expect(upload(id, ['large'], '/srv', stopping)).rejects.toThrow('cancelled');
  expect(await names(id, '/srv')).toEqual([]);
});
