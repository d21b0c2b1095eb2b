import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takePlace, type Places } from '../../../../../src/app/files/transfer/take-place';

let home: string;
let places: Places;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-place-'));
  const at = (name: string): string => path.join(home, name);
  places = { whole: at('whole'), target: at('target'), aside: at('aside') };
  await mkdir(places.target);
  await writeFile(path.join(places.target, 'mine'), 'mine');
});
afterEach(() => rm(home, { recursive: true }));

it('takes a free place, and another’s when it may', async () => {
  await writeFile(places.whole, 'new');
  await takePlace(places, true);
  expect(await readFile(places.target, 'utf8')).toBe('new');
  expect(await readdir(home)).toEqual(['target']);
  await rm(places.target);
  await writeFile(places.whole, 'newer');
  await takePlace(places, false);
  expect(await readFile(places.target, 'utf8')).toBe('newer');
});

it('leaves what stands there when it may not go, and when its place can’t be taken', async () => {
  await expect(takePlace(places, true)).rejects.toThrow('ENOENT');
  await writeFile(places.whole, 'new');
  await expect(takePlace(places, false)).rejects.toMatchObject({ problem: 'exists' });
  expect(await readdir(places.target)).toEqual(['mine']);
  expect((await readdir(home)).sort()).toEqual(['target', 'whole']);
});
