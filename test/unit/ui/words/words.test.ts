import { describe, expect, it, vi } from 'vitest';

vi.mock('vscode', () => import('../l10n'));

const { age, span, stopwatch } = await import('../../../../src/ui/words/time');
const { size } = await import('../../../../src/ui/words/size');
const { cutMiddle } = await import('../../../../src/ui/words/cut');

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('times', () => {
  it.each([
    [-5, '0 s'],
    [3 * second, '3 s'],
    [minute - 1, '59 s'],
    [12 * minute, '12 min'],
    [hour, '1 h'],
    [day - 1, '23 h'],
    [2 * day, '2 d'],
  ])('a span of %d ms is %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it('an age is the span since a timestamp, where there is one', () => {
    const now = Date.parse('2026-01-01T00:12:00Z');
    expect(age('2026-01-01T00:00:00Z', now)).toBe('12 min');
    expect(age(undefined, now)).toBeUndefined();
    expect(age('soon', now)).toBeUndefined();
  });

  it.each([
    [12 * second, '0:12'],
    [12 * minute + 5 * second, '12:05'],
    [hour + 2 * minute + 3 * second, '1:02:03'],
  ])('%d ms on the stopwatch are %s', (ms, text) => {
    expect(stopwatch(ms)).toBe(text);
  });
});

it.each([
  [512, '512 B'],
  [34 * 1024 ** 2, '34 MB'],
  [1.2 * 1024 ** 3, '1.2 GB'],
  [8 * 1024 ** 3, '8 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

it('cuts a long name in the middle and leaves a short one', () => {
  expect(cutMiddle('short')).toBe('short');
  expect(cutMiddle('abcdefghij', 5)).toBe('ab…ij');
  expect(cutMiddle('x'.repeat(100))).toHaveLength(40);
});
