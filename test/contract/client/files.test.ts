import { posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileAt } from '../../../src/app/files/sandbox-files';
import { gnuFilesystem } from '../engine/fixture/gnu-filesystem';
import { busyboxFilesystem, scratchFilesystem } from '../engine/fixture/root-filesystem';
import { bytes, readText } from './fixture/box-files';
import { imageBoxes } from './fixture/image-boxes';

// What the editor asks of a file system provider, on images that differ in what they have to answer it with.

const box = imageBoxes();
const { running, boot } = box;

const make = { create: true, overwrite: true };
const yes = (): Promise<boolean> => Promise.resolve(true);
const never = (): Promise<boolean> => Promise.reject(new Error('It asked.'));
const write = (at: FileAt, text: string, flags = make, ask = never): Promise<void> =>
  box.files.write(at, bytes(text), flags, ask);
const names = async (at: FileAt): Promise<string[]> =>
  (await box.files.list(at)).entries.map(({ name }) => name).sort();

const images = [
  { image: 'a GNU image', filesystem: gnuFilesystem, hasPrograms: true, time: '04:05:06.789' },
  { image: 'a busybox image', filesystem: busyboxFilesystem, hasPrograms: true, time: '04:05:06' },
  { image: 'an image without a shell', filesystem: scratchFilesystem, hasPrograms: false, time: '' },
];

describe.each(images)('in $image', ({ filesystem, hasPrograms, time }) => {
  let id: string;
  const at = (path: string): FileAt => ({ id, path: posix.join('/srv', path) });
  const run = async (script: string): Promise<void> => {
    expect(await running.wire.execute(id, `cd /srv && ${script}`)).toMatchObject({ exit_code: 0 });
  };

  beforeAll(async () => {
    id = await boot(filesystem);
    await write(at('here'), 'here');
  });

  it('what is written is read again, and told with its size and time', async () => {
    const before = Date.now();
    await write(at('a.txt'), 'some text');
    expect(await readText(box, at('a.txt'))).toBe('some text');
    const { modifiedAt, ...facts } = await box.files.stat(at('a.txt'));
    expect(facts).toEqual({ kind: 'file', isLink: false, size: 9, isReadonly: false });
    expect(Math.abs(modifiedAt - before)).toBeLessThan(60_000);
  });

  it('a file may be empty, binary, and named in any letters', async () => {
    const odd = at(`new folder/ünï 'q' "d" [x] *? 😀 $HOME -n.bin`);
    const content = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    await box.files.write(odd, content, make, never);
    expect(Buffer.compare(await box.files.read(odd), content)).toBe(0);
    expect(await box.files.stat(odd)).toMatchObject({ kind: 'file', size: 70_000 });
    expect(await names(at('new folder'))).toEqual([posix.basename(odd.path)]);
    await write(at('empty'), '');
    expect(await box.files.read(at('empty'))).toHaveLength(0);
    expect(await box.files.stat(at('empty'))).toMatchObject({ size: 0 });
  });

  it('a folder is told as one, also the root, and tells what lies in it', async () => {
    await write(at('dir/one'), '1');
    await write(at('dir/below/two'), '2');
    expect(await box.files.stat(at('dir'))).toMatchObject({ kind: 'folder' });
    expect(await box.files.stat({ id, path: '/' })).toMatchObject({ kind: 'folder' });
    const { entries, isCut } = await box.files.list(at('dir'));
    expect(entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'below', kind: 'folder', isLink: false, size: expect.any(Number) as number },
      { name: 'one', kind: 'file', isLink: false, size: 1 },
    ]);
    expect(isCut).toBe(false);
    expect(await names({ id, path: '/' })).toContain('srv');
  });

  it('what is not there is not found, and what is no folder is none', async () => {
    const missing = { problem: 'not-found' };
    await expect(box.files.stat(at('none'))).rejects.toMatchObject(missing);
    await expect(box.files.stat(at('none/below'))).rejects.toMatchObject(missing);
    await expect(box.files.stat(at('here/below'))).rejects.toMatchObject(missing);
    await expect(box.files.read(at('none'))).rejects.toMatchObject(missing);
    await expect(box.files.list(at('none'))).rejects.toMatchObject(missing);
    await expect(box.files.list(at('here'))).rejects.toMatchObject({ problem: 'no-folder' });
    await expect(box.files.read({ id, path: '/srv' })).rejects.toMatchObject({ problem: 'is-folder' });
    await expect(write({ id, path: '/srv' }, '')).rejects.toMatchObject({ problem: 'is-folder' });
    await expect(write(at('here/below'), '')).rejects.toMatchObject({ problem: 'no-folder' });
  });

  it('a write makes or replaces only what its flags allow', async () => {
    const change = { create: false, overwrite: true };
    const add = { create: true, overwrite: false };
    await expect(write(at('flags'), 'x', change)).rejects.toMatchObject({ problem: 'not-found' });
    await write(at('flags'), 'one', add);
    await expect(write(at('flags'), 'two', add)).rejects.toMatchObject({ problem: 'exists' });
    expect(await readText(box, at('flags'))).toBe('one');
    await write(at('flags'), 'three', change);
    expect(await readText(box, at('flags'))).toBe('three');
  });

  it('a write over somebody else’s change asks, and leaves theirs unless told', async () => {
    await write(at('shared'), 'mine');
    await readText(box, at('shared'));
    await write(at('shared'), 'mine again');
    await running.wire.upload(id, '/srv/shared', 'theirs, longer');
    expect(await box.files.changeOf(at('shared'))).toBe('changed');
    expect(await box.files.changeOf(at('shared'))).toBeUndefined();
    const no = (): Promise<boolean> => Promise.resolve(false);
    await expect(write(at('shared'), 'over', make, no)).rejects.toMatchObject({ problem: 'changed' });
    expect(Buffer.from(await box.files.peek(at('shared'))).toString()).toBe('theirs, longer');
    await write(at('shared'), 'over it', make, yes);
    await write(at('shared'), 'and once more');
    expect(await readText(box, at('shared'))).toBe('and once more');
  });

  it('asks the server once for a listing and once for each thing’s facts', async () => {
    await write(at('asked'), '');
    await box.files.stat({ id, path: '/' }); // From then on it is known what there is to ask by.
    box.requests.length = 0;
    await box.files.list(at('.'));
    await Promise.all([box.files.stat(at('asked')), box.files.stat(at('asked'))]);
    await box.files.stat(at('asked'));
    const asked = hasPrograms ? ['POST /execute', 'POST /execute'] : ['POST /glob', 'HEAD /download'];
    asked.push('HEAD /download');
    expect(box.requests).toEqual(asked);
  });

  if (!hasPrograms) {
    it('what needs a program is refused', async () => {
      const refused = { problem: 'no-programs' };
      await expect(box.files.makeFolder(at('made'))).rejects.toMatchObject(refused);
      await expect(box.files.remove(at('here'), false)).rejects.toMatchObject(refused);
      await expect(box.files.rename(at('here'), at('there'), false)).rejects.toMatchObject(refused);
      await expect(box.files.copy(at('here'), at('there'), false)).rejects.toMatchObject(refused);
      expect(await readText(box, at('here'))).toBe('here');
    });
    return;
  }

  it('a folder is made in one that is there, once', async () => {
    await box.files.makeFolder(at('made'));
    expect(await box.files.stat(at('made'))).toMatchObject({ kind: 'folder' });
    await expect(box.files.makeFolder(at('made'))).rejects.toMatchObject({ problem: 'exists' });
    await expect(box.files.makeFolder(at('here'))).rejects.toMatchObject({ problem: 'exists' });
    await expect(box.files.makeFolder(at('no/where'))).rejects.toMatchObject({ problem: 'not-found' });
  });

  it('a file is deleted, and a folder that holds something only with all it holds', async () => {
    await write(at('gone'), '');
    await box.files.remove(at('gone'), false);
    await expect(box.files.stat(at('gone'))).rejects.toMatchObject({ problem: 'not-found' });
    await expect(box.files.remove(at('gone'), true)).rejects.toMatchObject({ problem: 'not-found' });
    await write(at('full/of/things'), '');
    await expect(box.files.remove(at('full'), false)).rejects.toMatchObject({ problem: 'not-empty' });
    await box.files.remove(at('full'), true);
    await expect(box.files.stat(at('full'))).rejects.toMatchObject({ problem: 'not-found' });
    await box.files.makeFolder(at('hollow'));
    await box.files.remove(at('hollow'), false);
    expect(await names(at('.'))).not.toContain('hollow');
  });

  it('a link is deleted and not what it leads to', async () => {
    await run('mkdir -p kept && echo > kept/in && ln -s kept leads');
    await box.files.remove(at('leads'), true);
    expect(await names(at('kept'))).toEqual(['in']);
  });

  it('a rename moves, and goes over what is there only when it may', async () => {
    await write(at('from'), 'moved');
    await box.files.rename(at('from'), at('to'), false);
    await expect(box.files.stat(at('from'))).rejects.toMatchObject({ problem: 'not-found' });
    await write(at('from'), 'second');
    await expect(box.files.rename(at('from'), at('to'), false)).rejects.toMatchObject({ problem: 'exists' });
    expect(await readText(box, at('to'))).toBe('moved');
    await box.files.rename(at('from'), at('to'), true);
    expect(await readText(box, at('to'))).toBe('second');
    await expect(box.files.rename(at('from'), at('x'), true)).rejects.toMatchObject({ problem: 'not-found' });
    await expect(box.files.rename(at('to'), at('no/x'), true)).rejects.toMatchObject({
      problem: 'not-found',
    });
  });

  it('a folder takes another’s place, and never its own', async () => {
    await write(at('old/in'), 'old');
    await write(at('new/in'), 'new');
    await expect(box.files.rename(at('new'), at('old'), false)).rejects.toMatchObject({ problem: 'exists' });
    await box.files.rename(at('new'), at('old'), true);
    expect(await names(at('old'))).toEqual(['in']);
    expect(await readText(box, at('old/in'))).toBe('new');
    for (const [from, to] of [
      ['old', 'old/in'],
      ['old/in', 'old'],
    ] as const) {
      const renamed = box.files.rename(at(from), at(to), true);
      await expect(renamed).rejects.toMatchObject({ problem: 'into-itself' });
    }
    await run('ln -s old same');
    await expect(box.files.rename(at('same'), at('old'), true)).rejects.toMatchObject({ problem: 'exists' });
    expect(await readText(box, at('old/in'))).toBe('new');
  });

  it('a copy keeps the mode, takes folders whole, and goes over what is there only when it may', async () => {
    await write(at('tree/a/b'), 'deep');
    await run('chmod 700 tree/a/b && ln -s b tree/a/link');
    await box.files.copy(at('tree'), at('copied'), false);
    expect(await readText(box, at('copied/a/b'))).toBe('deep');
    expect(await box.files.stat(at('copied/a/link'))).toMatchObject({ kind: 'file', isLink: true });
    await run('[ "$(stat -c %a copied/a/b)" = 700 ]');
    await expect(box.files.copy(at('tree'), at('copied'), false)).rejects.toMatchObject({
      problem: 'exists',
    });
    await write(at('tree/a/b'), 'deeper');
    await box.files.copy(at('tree'), at('copied'), true);
    expect([await readText(box, at('copied/a/b')), await names(at('copied'))]).toEqual(['deeper', ['a']]);
  });

  it('links are told with what they lead to, and names hold whatever Linux lets them', async () => {
    const odd = String.raw`mkdir odd && cd odd && mkdir dir && printf abc > "$(printf 'line\nend')" && ln -s dir to-dir &&
      ln -s dir/../line* to-file && ln -s nowhere dangling && mkfifo pipe && touch -- -n '  ' "$(printf 'bad\377')" .hidden`;
    await run(odd);
    const { entries } = await box.files.list(at('odd'));
    const told = Object.fromEntries(
      entries.map(({ name, kind, isLink }) => [name, isLink ? `link ${kind}` : kind]),
    );
    expect(told).toEqual({
      'line\nend': 'file',
      '-n': 'file',
      '  ': 'file',
      'bad\uFFFD': 'file',
      '.hidden': 'file',
      dir: 'folder',
      'to-dir': 'link folder',
      'to-file': 'link file',
      dangling: 'link link',
      pipe: 'other',
    });
    expect(await readText(box, at('odd/line\nend'))).toBe('abc');
    expect(await box.files.stat(at('odd/to-file'))).toMatchObject({ kind: 'file', isLink: true, size: 3 });
    expect(await box.files.stat(at('odd/to-dir'))).toMatchObject({ kind: 'folder', isLink: true });
    expect(await box.files.stat(at('odd/dangling'))).toMatchObject({ kind: 'link', isLink: true });
    await run(`touch -d '2020-02-03 ${time}' here`);
    expect((await box.files.stat(at('here'))).modifiedAt).toBe(Date.parse(`2020-02-03T${time}Z`));
  });
});

it('what the sandbox’s user may not change is told, and refused by what the programs say', async () => {
  const id = await boot(busyboxFilesystem, { run_config: { user: 'app' } });
  expect(await box.files.stat({ id, path: '/etc/motd' })).toMatchObject({ kind: 'file', isReadonly: true });
  const refused = { problem: 'no-permission' };
  await expect(box.files.remove({ id, path: '/etc/motd' }, false)).rejects.toMatchObject(refused);
  await expect(box.files.makeFolder({ id, path: '/etc/new' })).rejects.toMatchObject(refused);
});

it('a stopped sandbox is not woken by who asks for its files', async () => {
  const id = await boot(busyboxFilesystem);
  const at = { id, path: '/etc/motd' };
  expect(await readText(box, at)).toBe('of the image');
  await running.wire.expect(204, 'POST', `/boxes/${id}/stop`, {});
  box.session.inventory.boxes.upsert(await running.wire.expect(200, 'GET', `/boxes/${id}`));
  const stopped = { obstacle: { why: 'not-running', status: 'stopped' } };
  await box.session.inventory.boxes.refresh();
  for (const ask of ['stat', 'list', 'read', 'makeFolder'] as const) {
    await expect(box.files[ask](at)).rejects.toMatchObject(stopped);
  }
  await expect(write(at, 'x')).rejects.toMatchObject(stopped);
  expect(await running.wire.expect(200, 'GET', `/boxes/${id}/status`)).toMatchObject({ status: 'stopped' });
});

it('a sandbox that is gone is said to be', async () => {
  const at = { id: '00000000-0000-4000-8000-000000000000', path: '/' };
  await expect(box.files.stat(at)).rejects.toMatchObject({ obstacle: { why: 'gone' } });
});
