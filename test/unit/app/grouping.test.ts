import { expect, it } from 'vitest';
import type { Labels } from '../../../src/api/types';
import { labelKeys } from '../../../src/app/grouping';

it('offers the labels of all sandboxes, those that most bear first', () => {
  const all: (Labels | null)[] = [{ team: 'a', owner: 'x' }, { team: 'b' }, null, { task: '' }];
  const boxes = all.map((labels, index) => ({
    id: `${index}`,
    name: `${index}`,
    status: 'ready' as const,
    labels,
  }));
  expect(labelKeys(boxes)).toEqual([
    ['team', 2],
    ['owner', 1],
    ['task', 1],
  ]);
});
