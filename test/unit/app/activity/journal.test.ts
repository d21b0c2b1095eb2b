import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aRecord, deadJournal, liveJournal } from './a-journal';

const always = (): boolean => true;

describe('the journal', () => {
  it('says of a running action which process follows it, newest first', async () => {
    const folder = aFolder();
    const journal = liveJournal(folder);
    const [older, newer] = [aRecord({ startedAt: 1000 }), aRecord({ startedAt: 2000 })];
    await journal.write(older);
    await journal.write(newer);
    expect(await journal.all()).toEqual([
      { record: newer, followedBy: process.pid },
      { record: older, followedBy: process.pid },
    ]);
  });

  it('keeps the end, and nothing else of an action that has ended', async () => {
    const folder = aFolder();
    const journal = liveJournal(folder);
    const record = aRecord();
    await journal.write(record);
    const ended = { ...record, end: { at: 1, kind: 'done' as const } };
    await journal.write(ended);
    expect(await journal.all()).toEqual([{ record: ended }]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('gives what a process that died has begun to one window, and to no other', async () => {
    const folder = aFolder();
    const record = aRecord();
    await deadJournal(folder).write(record);
    expect(await liveJournal(folder).all()).toEqual([{ record }]);
    const windows = Array.from({ length: 8 }, () => liveJournal(folder));
    const claims = await Promise.all(windows.map((window) => window.claim(always)));
    expect(claims.flat()).toEqual([record]);
    expect(await liveJournal(folder).all()).toEqual([{ record, followedBy: process.pid }]);
  });

  it('leaves alone what a live process follows, what has ended, and what is not wanted', async () => {
    const folder = aFolder();
    await liveJournal(folder).write(aRecord());
    const dead = deadJournal(folder);
    await dead.write(aRecord({ end: { at: 1, kind: 'done' } }));
    await dead.write(aRecord({ name: 'other' }));
    expect(await liveJournal(folder).claim(({ name }) => name !== 'other')).toEqual([]);
  });

  it('of a window that closes, leaves what is running to the others at once, and writes no more', async () => {
    const folder = aFolder();
    const closing = liveJournal(folder);
    const record = aRecord();
    await closing.write(record);
    closing.release();
    await closing.write({ ...record, end: { at: 1, kind: 'cancelled' } });
    expect(await liveJournal(folder).claim(always)).toEqual([record]);
  });

  it('does not take up again what ended just before its process did', async () => {
    const folder = aFolder();
    const dead = deadJournal(folder);
    const record = aRecord();
    await dead.write(record);
    const ended = JSON.stringify({ ...record, end: { at: 1, kind: 'done' } });
    writeFileSync(path.join(folder, `${record.id}.ended.json`), ended);
    expect(await liveJournal(folder).claim(always)).toEqual([]);
    expect(await liveJournal(folder).all()).toHaveLength(1);
  });

  it('reads past files that are no records', async () => {
    const folder = aFolder();
    const journal = liveJournal(folder);
    const record = aRecord();
    await journal.write(record);
    for (const text of ['', '{"id":', 'null', '[]', '{"id":"x"}']) {
      writeFileSync(path.join(folder, `${crypto.randomUUID()}.ended.json`), text);
    }
    expect(await journal.all()).toEqual([{ record, followedBy: process.pid }]);
  });

  it('forgets the oldest of those that have ended, and none that runs', async () => {
    const folder = aFolder();
    const journal = liveJournal(folder);
    await journal.write(aRecord({ name: 'running', startedAt: 0 }));
    for (const at of [1, 2, 3]) {
      await journal.write(aRecord({ name: `${at}`, startedAt: at, end: { at, kind: 'done' } }));
    }
    await journal.forgetEnded(1);
    expect((await journal.all()).map(({ record }) => record.name)).toEqual(['3', 'running']);
  });

  it('holds no secret, and is for the user alone', async () => {
    const folder = aFolder();
    await liveJournal(folder).write(aRecord({ end: { at: 1, kind: 'failed', sentence: 'no s3cret here' } }));
    const [name = ''] = readdirSync(folder);
    expect(readFileSync(path.join(folder, name), 'utf8')).not.toContain('s3cret');
  });
});
