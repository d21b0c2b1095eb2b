import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  borrowedNames,
  findBorrowedName,
  recordBorrowedName,
} from '../../../../src/local/store/borrowed-names';
import { boxesOfSnapshot, findBox, insertBox, listBoxes, updateBox } from '../../../../src/local/store/boxes';
import { openDatabase, type Database } from '../../../../src/local/store/database';
import type { ListQuery } from '../../../../src/local/store/list';
import {
  deleteSnapshotRow,
  findSnapshot,
  findTaggedSnapshot,
  findUntaggedSnapshot,
  insertSnapshot,
  listSnapshots,
  tagsOfName,
  updateSnapshot,
} from '../../../../src/local/store/snapshots';
import { newBox, newSnapshot } from '../fixture/rows';
import { temporaryFolder } from '../fixture/temporary-folder';

function store(): Database {
  const database = openDatabase(path.join(temporaryFolder(), 'store.db'));
  onTestFinished(() => database.close());
  return database;
}

const byCreation: ListQuery = { sortBy: 'created_at', descending: false, limit: 100, start: { offset: 0 } };

describe('snapshots', () => {
  it('come back as they were written', () => {
    const database = store();
    const fields = newSnapshot({
      labels: { 'a.b/c': 'ü "quoted"', empty: '' },
      run_config: { user: 'app', work_dir: '/srv', env_vars: { A: "it's" } },
      cmd: ['a b', ''],
      fs_capacity_bytes: 2 ** 45,
    });
    insertSnapshot(database, fields, 'v1');
    expect(findSnapshot(database, fields.id)).toMatchObject({ ...fields, tags: ['v1'] });
  });

  it('a moved tag leaves the older one untagged, and deleting takes the tag along', () => {
    const database = store();
    const [old, young] = [newSnapshot(), newSnapshot()];
    insertSnapshot(database, old, 'latest');
    insertSnapshot(database, young, 'latest');
    expect(findTaggedSnapshot(database, 'base', 'latest')?.id).toBe(young.id);
    expect(findUntaggedSnapshot(database, 'base')?.id).toBe(old.id);
    deleteSnapshotRow(database, young.id);
    expect(tagsOfName(database, 'base')).toEqual([]);
    expect(findTaggedSnapshot(database, 'base', 'latest')).toBeUndefined();
  });

  it('an untagged one that failed is nobody’s fallback', () => {
    const database = store();
    const failed = newSnapshot({ status: 'failed' });
    insertSnapshot(database, failed, 'latest');
    insertSnapshot(database, newSnapshot(), 'latest');
    expect(findUntaggedSnapshot(database, 'base')).toBeUndefined();
  });

  it('a change touches the named columns only', () => {
    const database = store();
    const fields = newSnapshot({ description: 'stays' });
    insertSnapshot(database, fields, 'latest');
    updateSnapshot(database, fields.id, { status: 'failed', status_message: 'why', labels: undefined });
    expect(findSnapshot(database, fields.id)).toMatchObject({
      ...fields,
      status: 'failed',
      status_message: 'why',
    });
  });
});

describe('boxes', () => {
  it('are found by id and by name, and a name is taken once', () => {
    const database = store();
    const { id } = insertSnapshot(database, newSnapshot(), 'latest');
    const box = insertBox(database, newBox({ snapshot_id: id, name: 'one', env_vars: { A: '1' } }));
    expect(findBox(database, 'one')).toEqual(box);
    expect(findBox(database, box.id)).toEqual(box);
    expect(() => insertBox(database, newBox({ snapshot_id: id, name: 'one' }))).toThrow('UNIQUE');
    expect(boxesOfSnapshot(database, id).map(({ name }) => name)).toEqual(['one']);
  });

  it('keep their snapshot from being forgotten', () => {
    const database = store();
    const { id } = insertSnapshot(database, newSnapshot(), 'latest');
    insertBox(database, newBox({ snapshot_id: id }));
    expect(() => deleteSnapshotRow(database, id)).toThrow('FOREIGN KEY');
  });

  it('are sorted by a column that may be empty, page by page, without loss', () => {
    const database = store();
    const { id } = insertSnapshot(database, newSnapshot(), 'latest');
    const times = [null, '2026-01-02', null, '2026-01-01', null];
    for (const [number, stopped_at] of times.entries()) {
      const box = insertBox(database, newBox({ snapshot_id: id, name: `b${number}` }));
      updateBox(database, box.id, { stopped_at });
    }
    const names: string[] = [];
    let query: ListQuery = { ...byCreation, sortBy: 'stopped_at', descending: true, limit: 2 };
    for (;;) {
      const { records, next } = listBoxes(database, query);
      names.push(...records.map(({ name }) => name));
      if (!next) break;
      query = { ...query, start: { after: next } };
    }
    expect(names).toEqual(['b1', 'b3', 'b4', 'b2', 'b0']);
  });
});

describe('a list', () => {
  it('takes the filter as text, whatever it looks like', () => {
    const database = store();
    insertSnapshot(database, newSnapshot({ name: 'a_b' }), 'latest');
    insertSnapshot(database, newSnapshot({ name: 'axb' }), 'latest');
    const names = (nameContains: string): string[] =>
      listSnapshots(database, { ...byCreation, nameContains }).records.map(({ name }) => name);
    expect(names('A_B')).toEqual(['a_b']);
    expect(names('%')).toEqual([]);
    expect(names("'; DROP TABLE snapshots; --")).toEqual([]);
    expect(names('')).toEqual(['a_b', 'axb']);
  });

  it('matches labels by key, and by key and value', () => {
    const database = store();
    insertSnapshot(database, newSnapshot({ name: 'one', labels: { 'a.b': 'x', c: '' } }), 'latest');
    insertSnapshot(database, newSnapshot({ name: 'two', labels: { 'a.b': 'y' } }), 'latest');
    const names = (...labels: { key: string; value?: string }[]): string[] =>
      listSnapshots(database, { ...byCreation, labels }).records.map(({ name }) => name);
    expect(names({ key: 'a.b' })).toEqual(['one', 'two']);
    expect(names({ key: 'a.b', value: 'y' })).toEqual(['two']);
    expect(names({ key: 'a.b' }, { key: 'c', value: '' })).toEqual(['one']);
    expect(names({ key: 'A.B' })).toEqual([]);
  });
});

it('a borrowed name keeps what was known first', () => {
  const database = store();
  recordBorrowedName(database, { reference: 'r:1', snapshot_id: 'a', previous_image_id: null });
  recordBorrowedName(database, { reference: 'r:1', snapshot_id: 'b', previous_image_id: 'sha256:pulled' });
  expect(borrowedNames(database)).toHaveLength(1);
  expect(findBorrowedName(database, 'r:1')).toMatchObject({ snapshot_id: 'a', previous_image_id: null });
});
