import { describe, expect, it } from 'vitest';
import { repaintOf } from '../../../../src/ui/trees/repaint';
import type { Row } from '../../../../src/ui/trees/row';

const row = (id: string, description = ''): Row => ({
  id,
  label: id,
  description,
  icon: 'running',
  contextValue: 'sandbox ready',
  spoken: id,
});

describe('a repaint', () => {
  it('is of nothing when nothing that shows has changed', () => {
    expect(repaintOf([row('a'), row('b')], [row('a'), row('b')])).toEqual({ kind: 'none' });
  });

  it('is of the one row that changed', () => {
    expect(repaintOf([row('a'), row('b')], [row('a'), row('b', '1 min')])).toEqual({
      kind: 'rows',
      ids: ['b'],
    });
  });

  it.each([
    ['came', [row('a')], [row('b'), row('a')]],
    ['went', [row('b'), row('a')], [row('a')]],
    ['moved', [row('b'), row('a')], [row('a'), row('b')]],
  ])('is of everything when a row %s', (_, before, after) => {
    expect(repaintOf(before, after)).toEqual({ kind: 'all' });
  });
});
