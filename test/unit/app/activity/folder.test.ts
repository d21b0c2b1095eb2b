import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isAnythingLeft } from '../../../../src/app/activity/folder';
import { aFolder, aRecord, deadJournal, liveJournal } from './a-journal';

it('an action is left when its window is gone and its end is not written down', async () => {
  const folder = aFolder();
  expect(await isAnythingLeft(folder)).toBe(false);
  await liveJournal(folder).write(aRecord());
  expect(await isAnythingLeft(folder)).toBe(false);
  const dead = deadJournal(folder);
  const record = aRecord();
  await dead.write(record);
  expect(await isAnythingLeft(folder)).toBe(true);
  await dead.write({ ...record, end: { at: Date.now(), kind: 'done' } });
  expect(await isAnythingLeft(folder)).toBe(false);
});

it('one that nobody took up for a day is left to who connects there again', async () => {
  const folder = aFolder();
  const journal = liveJournal(folder);
  const record = aRecord();
  await journal.write(record);
  journal.release();
  expect(await isAnythingLeft(folder)).toBe(true);
  const before = new Date(Date.now() - 25 * 3_600_000);
  await utimes(path.join(folder, `${record.id}.0.running.json`), before, before);
  expect(await isAnythingLeft(folder)).toBe(false);
});
