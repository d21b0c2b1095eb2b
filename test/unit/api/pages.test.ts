import { expect, it } from 'vitest';
import { readPage } from '../../../src/api/pages';

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
