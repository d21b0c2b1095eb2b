import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import tar, { type Header } from 'tar-stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpacked, type Unpacked } from '../../../../../src/app/files/transfer/unpacked';

type Entry = Partial<Header> & Pick<Header, 'name'>;

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-unpacked-'));
  await mkdir(path.join(home, 'into'));
});
afterEach(() => rm(home, { recursive: true }));

async function unpack(entries: Entry[]): Promise<Unpacked> {
  const pack = tar.pack();
  const whole = buffer(pack);
  for (const header of entries) {
    if (header.type) pack.entry(header);
    else pack.entry(header, 'text');
  }
  pack.finalize();
  await writeFile(path.join(home, 'packed.tar'), await whole);
  return unpacked(path.join(home, 'packed.tar'), path.join(home, 'into'), new AbortController().signal);
}

it('makes files and folders, also those whose folder was not told', async () => {
  const entries: Entry[] = [
    { name: './hollow', type: 'directory' },
    { name: './a/b', mode: 0o700 },
  ];
  expect(await unpack(entries)).toEqual({ files: 1, leftOut: 0 });
  expect(await readFile(path.join(home, 'into/a/b'), 'utf8')).toBe('text');
  expect((await readdir(path.join(home, 'into'))).sort()).toEqual(['a', 'hollow']);
});

it('leaves out what would lead elsewhere: links, and names that climb', async () => {
  const entries: Entry[] = [
    { name: '../beside' },
    { name: '/absolute/../../beside' },
    { name: './link', type: 'symlink', linkname: '/etc' },
    { name: './hard', type: 'link', linkname: '/etc/passwd' },
    { name: './in' },
  ];
  const { files, leftOut } = await unpack(entries);
  expect({ files, leftOut }).toEqual({ files: 1, leftOut: 4 });
  expect(await readdir(path.join(home, 'into'))).toEqual(['in']);
  expect((await readdir(home)).sort()).toEqual(['into', 'packed.tar']);
});

it('takes each name once, and all the rest', async () => {
  const entries: Entry[] = [{ name: './a' }, { name: './a' }, { name: './a/below' }, { name: './b' }];
  expect(await unpack(entries)).toEqual({ files: 2, leftOut: 2 });
  expect((await readdir(path.join(home, 'into'))).sort()).toEqual(['a', 'b']);
});

it('gives each name of a file a copy, unless the file was left out', async () => {
  const entries: Entry[] = [
    { name: './a' },
    { name: './below/same', type: 'link', linkname: './a' },
    { name: './none', type: 'link', linkname: './left out' },
  ];
  expect(await unpack(entries)).toEqual({ files: 2, leftOut: 1 });
  expect(await readFile(path.join(home, 'into/below/same'), 'utf8')).toBe('text');
});
