import { beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotList } from '../../../src/api/types';
import { runningServer } from './fixture/running-server';
import { baseImage, gibibyte, sentence, type Answer } from './fixture/wire';

const running = runningServer();
const get = (asked: string): Promise<Answer> =>
  running.wire.call('GET', `/snapshots/${encodeURIComponent(asked)}`);

describe('names and tags', () => {
  let first: Snapshot;
  let second: Snapshot;
  let tagged: Snapshot;

  beforeAll(async () => {
    first = await running.wire.build('names/app');
    second = await running.wire.build('names/app');
    tagged = await running.wire.build('names/app', baseImage(), { tag: 'v1' });
  });

  it('a tag given again moves; the older snapshot goes on without, by its id', async () => {
    expect((await get('names/app')).json).toMatchObject({ id: second.id, tags: ['latest'] });
    expect((await get('names/app:latest')).json).toMatchObject({ id: second.id });
    expect((await get(first.id)).json).toMatchObject({ id: first.id, status: 'ready', tags: [] });
  });

  it('other tags of the name stand beside it', async () => {
    expect((await get('names/app:v1')).json).toMatchObject({ id: tagged.id, tags: ['v1'] });
    const byName = await running.wire.expect(200, 'GET', '/snapshots-by-name/names%2Fapp');
    expect(byName).toEqual({
      name: 'names/app',
      tags: [
        { tag: 'latest', snapshot_id: second.id },
        { tag: 'v1', snapshot_id: tagged.id },
      ],
    });
  });

  it('a bare name whose tag is gone is its newest ready snapshot without a tag', async () => {
    const old = await running.wire.build('names/fallback');
    const newer = await running.wire.build('names/fallback');
    await running.wire.expect(204, 'DELETE', `/snapshots/${newer.id}`);
    expect((await get('names/fallback')).json).toMatchObject({ id: old.id });
    expect((await get('names/fallback:latest')).status).toBe(404);
  });

  it('a name whose newest build failed still boots from the snapshot before it', async () => {
    const good = await running.wire.build('names/rebuilt');
    const failed = await running.wire.build('names/rebuilt', '127.0.0.1:1/nothing:1');
    expect(failed).toMatchObject({ status: 'failed', tags: ['latest'] });
    for (const snapshot_name of ['names/rebuilt', 'names/rebuilt:latest'])
      expect(await running.wire.boot({ snapshot_name })).toMatchObject({ snapshot_id: good.id });
    const byId = await running.wire.call('POST', '/boxes', { snapshot_id: failed.id });
    expect([byId.status, sentence(byId)]).toEqual([400, expect.stringContaining('failed')]);
  });

  it('are deleted by id or by name:tag, and then are not found', async () => {
    await running.wire.expect(204, 'DELETE', '/snapshots/names%2Fapp:v1');
    const answer = await get(tagged.id);
    expect([answer.status, sentence(answer)]).toEqual([404, `There is no snapshot ${tagged.id} here.`]);
    expect((await running.wire.call('DELETE', '/snapshots/nobody')).status).toBe(404);
  });
});

describe('the list', () => {
  const total = 7;

  // Builds that fail at once: what the list shows of them is the same.
  beforeAll(async () => {
    for (let number = 0; number < total; number += 1) {
      await running.wire.expect(201, 'POST', '/snapshots', {
        name: `list/Item-${number}`.toLowerCase(),
        docker_image: '127.0.0.1:1/nothing:1',
        fs_capacity_bytes: gibibyte,
        labels: { parity: number % 2 ? 'odd' : 'even', [`own-${number}`]: '' },
      });
    }
  });

  const list = (query: string): Promise<SnapshotList> =>
    running.wire.expect(200, 'GET', `/snapshots?name_contains=LIST/&${query}`);
  const numbers = ({ items }: SnapshotList): number[] => (items ?? []).map(({ name }) => Number(name.at(-1)));

  it('is newest first, in both styles at once, and ignores case in the filter', async () => {
    const page = await list('limit=3');
    expect(numbers(page)).toEqual([6, 5, 4]);
    expect(page.snapshots).toEqual(page.items);
    expect(page.offset).toBe(3);
    expect(typeof page.next_cursor).toBe('string');
  });

  it('goes on by offset until it says 0', async () => {
    expect(numbers(await list('limit=3&offset=3'))).toEqual([3, 2, 1]);
    const last = await list('limit=3&offset=6');
    expect([numbers(last), last.offset, last.next_cursor]).toEqual([[0], 0, null]);
  });

  it('goes on by cursor, and a snapshot made meanwhile shifts nothing', async () => {
    const first = await list('page_size=4');
    await running.wire.expect(201, 'POST', '/snapshots', {
      name: 'list/item-9',
      docker_image: '127.0.0.1:1/nothing:1',
      fs_capacity_bytes: gibibyte,
    });
    const second = await list(`page_size=4&cursor=${first.next_cursor ?? ''}`);
    expect([numbers(first), numbers(second)]).toEqual([
      [6, 5, 4, 3],
      [2, 1, 0],
    ]);
    expect(second.next_cursor).toBeNull();
    await running.wire.expect(204, 'DELETE', '/snapshots/list%2Fitem-9');
  });

  it('is sorted and filtered as asked', async () => {
    expect(numbers(await list('sort_by=name&sort_order=asc'))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(numbers(await list('label=parity=odd'))).toEqual([5, 3, 1]);
    expect(numbers(await list('label=parity=odd&label=own-3'))).toEqual([3]);
    expect((await list('status=ready')).items).toEqual([]);
  });

  it.each([
    ['limit=0', 'limit must be a whole number from 1 to 500.'],
    ['limit=501', 'limit must be a whole number from 1 to 500.'],
    ['offset=-1', 'offset must be a whole number of at least 0.'],
    ['page_size=x', 'page_size must be a whole number from 1 to 500.'],
    ['sort_by=id', 'sort_by must be one of name, status, created_at.'],
    ['status=odd', 'status must be one of'],
    ['cursor=odd', 'cursor is not one that this list gave'],
  ])('refuses %s with 400', async (query, reason) => {
    const answer = await running.wire.call('GET', `/snapshots?${query}`);
    expect(answer.status).toBe(400);
    expect(sentence(answer)).toContain(reason);
  });
});
