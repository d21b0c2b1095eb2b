import { expect, it } from 'vitest';
import { byteRange } from '../../../../src/local/routes/byte-range';

it.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=2-4', { start: 2, end: 4 }],
  ['bytes=8-99', { start: 8, end: 9 }],
  ['bytes=4-', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-99', { start: 0, end: 9 }],
  ['bytes=10-', 'beyond'],
  ['bytes=-0', 'beyond'],
  ['bytes=4-2', 'all'],
  ['bytes=0-1,3-4', 'all'],
  ['bytes=-', 'all'],
  ['lines=1-2', 'all'],
  [null, 'all'],
])('%s of ten bytes', (header, range) => {
  expect(byteRange(header, 10)).toEqual(range);
});

it('of an empty file nothing can be asked', () => {
  expect([byteRange('bytes=0-', 0), byteRange('bytes=-5', 0), byteRange(null, 0)]).toEqual([
    'beyond',
    'beyond',
    'all',
  ]);
});
