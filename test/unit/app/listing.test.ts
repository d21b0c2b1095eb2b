import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../src/app/failure';
import {
  appended,
  failed,
  removed,
  rowsOf,
  upserted,
  type Listing,
  type Rows,
} from '../../../src/app/listing';

interface Item {
  id: string;
  name: string;
}

const item = (id: string, name = id): Item => ({ id, name });
const rows: Rows<Item> = { items: [item('c'), item('b')], nextOffset: 2 };
const failure = failureOf(new Error('no'));

describe('a listing', () => {
  it('keeps its last good rows, and when they were good, after a failed refresh', () => {
    const ready: Listing<Item> = { state: 'ready', rows, at: 12 };
    expect(failed(ready, failure)).toEqual({ state: 'stale', rows, at: 12, failure });
    expect(rowsOf(failed(failed(ready, failure), failure))).toBe(rows);
  });

  it('has failed when not even the first load came', () => {
    expect(failed({ state: 'loading' }, failure)).toEqual({ state: 'failed', failure });
    expect(rowsOf(failed({ state: 'loading' }, failure)).items).toEqual([]);
  });
});

describe('rows', () => {
  it('get a further page without showing a row twice that moved onto it', () => {
    const all = appended(rows, { items: [item('b'), item('a')], nextOffset: 4 });
    expect(all).toEqual({ items: [item('c'), item('b'), item('a')], nextOffset: 4 });
  });

  it('show none twice that a page itself repeats, and take its newer words', () => {
    const all = appended(rows, { items: [item('b', 'renamed'), item('a'), item('a')] });
    expect(all.items).toEqual([item('c'), item('b', 'renamed'), item('a')]);
  });

  it('take a changed resource where it stands', () => {
    expect(upserted(rows, item('b', 'renamed'))).toEqual({
      items: [item('c'), item('b', 'renamed')],
      nextOffset: 2,
    });
  });

  it('take a new resource first, and count on from it for the next page', () => {
    expect(upserted(rows, item('d'))).toEqual({ items: [item('d'), item('c'), item('b')], nextOffset: 3 });
  });

  it('lose a removed resource, and count back for the next page', () => {
    expect(removed(rows, 'c')).toEqual({ items: [item('b')], nextOffset: 1 });
    expect(removed(rows, 'unknown')).toBe(rows);
  });
});
