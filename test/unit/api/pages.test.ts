import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { listBoxes } from '../../../src/api/boxes';
import { onePage, readPage } from '../../../src/api/pages';
import { listRegistries } from '../../../src/api/registries';
import { listSnapshots } from '../../../src/api/snapshots';
import { reply, scripted } from './scripted-server';

const three = ['a', 'b', 'c'];

it.each([
  ['a null cursor is the end', { items: three, next_cursor: null, offset: 0 }, undefined, {}, undefined],
  [
    'an offset is where the next page starts',
    { items: three, next_cursor: 'x', offset: 6 },
    undefined,
    { offset: 3 },
    6,
  ],
  ['an old server names its own key', { offset: 3 }, three, { limit: 3 }, 3],
  ['an old server ends with offset 0 and a short page', { offset: 0 }, three, { limit: 50 }, undefined],
  ['an old server that says nothing and fills the page goes on', {}, three, { limit: 3, offset: 3 }, 6],
  ['a cursor without an offset goes on', { items: three, next_cursor: 'x' }, undefined, { limit: 50 }, 3],
  [
    'an empty page is the end',
    { items: [], next_cursor: undefined, offset: 9 },
    undefined,
    { offset: 6 },
    undefined,
  ],
  ['null items are none', { items: null }, null, {}, undefined],
])('%s', (_, envelope, legacy, asked, nextOffset) => {
  expect(readPage<string>(envelope, legacy, asked).nextOffset).toBe(nextOffset);
});

it('items win over the resource’s own key', () => {
  expect(readPage({ items: ['new'], next_cursor: null }, ['old'], {}).items).toEqual(['new']);
});

it.each([
  ['sandboxes', listBoxes],
  ['snapshots', listSnapshots],
  ['registries', listRegistries],
])('a page of %s that is empty is not the end while there is a cursor', async (_, list) => {
  const { transport, seen } = await scripted((response, { url }) => {
    if (url.includes('cursor=c3')) reply(response, 200, { items: [{ id: 'x' }], next_cursor: 'c4' });
    else reply(response, 200, { items: [], next_cursor: url.includes('cursor=c2') ? 'c3' : 'c2' });
  });
  const page = await list(transport, { limit: 5, offset: 10, name_contains: 'n' });
  expect(page).toEqual({ items: [{ id: 'x' }], nextOffset: 11 });
  expect(seen.map(({ url }) => url.split('?')[1])).toEqual([
    'limit=5&offset=10&name_contains=n',
    'limit=5&name_contains=n&cursor=c2',
    'limit=5&name_contains=n&cursor=c3',
  ]);
});

it.each([null, undefined, '', 'c1'])(
  'an empty page whose cursor leads nowhere (%s) is the end',
  async (next_cursor) => {
    const page = onePage(
      { cursor: 'c1' },
      () => Promise.resolve({ items: [], next_cursor }),
      () => undefined,
    );
    expect(await page).toEqual({ items: [] });
  },
);

it('a list of empty pages without an end is an error', async () => {
  let pages = 0;
  const read = (): Promise<object> => Promise.resolve({ items: [], next_cursor: `c${++pages}` });
  await expect(onePage({}, read, () => undefined)).rejects.toMatchObject({ kind: 'server' });
  expect(pages).toBe(100);
});

it('a page’s time counts for all the empty ones before it', async () => {
  let pages = 0;
  const read = async () => {
    await sleep(10);
    return { items: [], next_cursor: `c${++pages}` };
  };
  await expect(onePage({}, read, () => undefined, { timeoutMs: 1 })).rejects.toMatchObject({
    kind: 'deadline',
  });
  expect(pages).toBe(1);
});
