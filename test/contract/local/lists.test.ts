import { beforeAll, describe, expect, it } from 'vitest';
import type { Box, BoxList, ListEnvelope, SnapshotList } from '../../../src/api/types';
import { runningServer } from './fixture/running-server';
import { gibibyte } from './fixture/wire';

// What is refused of lists is in the table of bad inputs.

const running = runningServer();

type Next = (page: ListEnvelope<unknown>) => string | undefined;
const cursorOf: Next = ({ next_cursor }) => (next_cursor ? `cursor=${next_cursor}` : undefined);
const offsetOf: Next = ({ offset }) => (offset ? `offset=${offset}` : undefined);

/** From the first page to the one that leads nowhere. */
async function pages<Page extends ListEnvelope<unknown>>(
  list: (query: string) => Promise<Page>,
  query: string,
  next: Next,
): Promise<Page[]> {
  const read = [await list(query)];
  for (let more = next(read[0]!); more !== undefined; more = next(read.at(-1)!))
    read.push(await list(`${query}&${more}`));
  return read;
}

describe('the list of snapshots', () => {
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

  it.each([
    ['sort_by=name&sort_order=asc', [0, 1, 2, 3, 4, 5, 6]],
    ['sort_direction=asc', [0, 1, 2, 3, 4, 5, 6]],
    ['sort_order=desc&sort_direction=asc', [6, 5, 4, 3, 2, 1, 0]],
    ['created_by=me', [6, 5, 4, 3, 2, 1, 0]],
    ['label=parity', [6, 5, 4, 3, 2, 1, 0]],
    ['label=parity=odd', [5, 3, 1]],
    ['label=parity=odd&label=own-3', [3]],
    ['label=own-3=', [3]],
    ['label=parity=odd&label=own-4', []],
    ['status=ready', []],
    ['limit=2&page_size=3', [6, 5, 4]],
    ['offset=99', []],
    ['limit=&page_size=&cursor=&offset=&status=&label=', [6, 5, 4, 3, 2, 1, 0]],
  ])('asked for %s gives %j', async (query, expected) => {
    expect(numbers(await list(query))).toEqual(expected);
  });

  const orders = ['name', 'status', 'created_at'].flatMap((key) =>
    ['asc', 'desc'].map((order) => `sort_by=${key}&sort_order=${order}`),
  );

  it.each(orders)('by %s, page after page in either style, is the whole list in its order', async (order) => {
    const whole = numbers(await list(order));
    expect(whole.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const byCursor = await pages(list, `${order}&page_size=3`, cursorOf);
    const byOffset = await pages(list, `${order}&limit=3`, offsetOf);
    expect([byCursor.flatMap(numbers), byOffset.flatMap(numbers)]).toEqual([whole, whole]);
  });
});

describe('the list of sandboxes', () => {
  const list = (query: string): Promise<BoxList> => running.wire.expect(200, 'GET', `/boxes?${query}`);
  const names = ({ items }: BoxList): string[] => (items ?? []).map(({ name }) => name);

  beforeAll(async () => {
    const { wire } = running;
    const { id } = await wire.build('list/of-boxes');
    const of = { snapshot_id: id };
    await wire.boot({ ...of, name: 'a', idle_ttl_seconds: 60, labels: { team: 'x' } });
    await wire.boot({ ...of, name: 'b', idle_ttl_seconds: 0, delete_after_stop_seconds: 60 });
    await wire.boot({ ...of, name: 'C', idle_ttl_seconds: 120, labels: { team: 'y' } });
    await wire.expect(204, 'POST', '/boxes/b/stop', {});
  });

  it.each([
    ['', ['C', 'b', 'a']],
    ['sort_by=name&sort_order=asc', ['C', 'a', 'b']],
    ['sort_by=idle_ttl_seconds&sort_order=asc', ['b', 'a', 'C']],
    ['sort_by=idle_ttl_seconds', ['C', 'a', 'b']],
    ['sort_by=stopped_at', ['b', 'C', 'a']],
    ['sort_by=delete_after_stop_seconds&sort_order=asc&limit=1', ['b']],
    ['sort_by=status&sort_direction=asc', ['a', 'C', 'b']],
    ['status=stopped', ['b']],
    ['status=ready&name_contains=c', ['C']],
    ['label=team', ['C', 'a']],
    ['label=team=x&created_by=me', ['a']],
    ['tag_value_id=11111111-1111-4111-8111-111111111111', []],
    ['offset=1&limit=1', ['b']],
  ])('asked for %s gives %j', async (query, expected) => {
    const page = await list(query);
    expect(names(page)).toEqual(expected);
    expect(page.sandboxes).toEqual(page.items);
  });

  it('leads on by number as by text', async () => {
    const seen = await pages(list, 'sort_by=idle_ttl_seconds&page_size=1', cursorOf);
    expect(seen.flatMap(names)).toEqual(['C', 'a', 'b']);
  });

  it('has a sandbox as it is when it is asked for alone', async () => {
    const { items } = await list('name_contains=a');
    expect(items).toEqual([await running.wire.expect<Box>(200, 'GET', '/boxes/a')]);
  });
});
