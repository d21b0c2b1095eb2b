import { expect, it } from 'vitest';
import { pageSizeOf } from '../../../src/app/page-size';

it.each([
  [1, 1],
  [500, 500],
  [0, 1],
  [-3, 1],
  [10_000, 500],
  [2.4, 2],
  [Number.NaN, 50],
  ['20', 50],
  [undefined, 50],
])('a page size of %j in the settings is taken as %i', (setting, rows) => {
  expect(pageSizeOf(setting)).toBe(rows);
});
