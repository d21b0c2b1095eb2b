import { describe, expect, it } from 'vitest';
import { repaintOf, topOfAll } from '../../../../src/ui/trees/repaint';
import type { Row } from '../../../../src/ui/trees/row';

const row = (id: string, description = ''): Row => ({
  id,
  label: id,
  description,
  icon: 'running',
  contextValue: 'sandbox ready',
  spoken: id,
});
const lists = (top: Row[], below: Record<string, Row[]> = {}) =>
  new Map([[topOfAll, top], ...Object.entries(below)]);

describe('a repaint', () => {
  it('is of nothing when nothing that shows has changed', () => {
    expect(repaintOf(lists([row('a'), row('b')]), lists([row('a'), row('b')]))).toEqual({ kind: 'none' });
  });

  it('is of the one row that changed', () => {
    expect(repaintOf(lists([row('a'), row('b')]), lists([row('a'), row('b', '1 min')]))).toEqual({
      kind: 'rows',
      ids: ['b'],
    });
  });

  it.each([
    ['came', [row('a')], [row('b'), row('a')]],
    ['went', [row('b'), row('a')], [row('a')]],
    ['moved', [row('b'), row('a')], [row('a'), row('b')]],
  ])('is of everything when a row %s at the top', (_, before, after) => {
    expect(repaintOf(lists(before), lists(after))).toEqual({ kind: 'all' });
  });

  it('is of the row alone that changed below another', () => {
    const before = lists([row('a')], { a: [row('a/1'), row('a/2')] });
    const after = lists([row('a')], { a: [row('a/1'), row('a/2', 'stopped')] });
    expect(repaintOf(before, after)).toEqual({ kind: 'rows', ids: ['a/2'] });
  });

  it.each([
    ['came', [row('a/1')], [row('a/2'), row('a/1')]],
    ['went', [row('a/1'), row('a/2')], [row('a/1')]],
    ['moved', [row('a/1'), row('a/2')], [row('a/2'), row('a/1')]],
  ])('is of the row above alone when one %s below it', (_, before, after) => {
    const top = [row('a'), row('b')];
    expect(repaintOf(lists(top, { a: before, b: [] }), lists(top, { a: after, b: [] }))).toEqual({
      kind: 'rows',
      ids: ['a'],
    });
  });

  it('is of everything when a row went from one group to another', () => {
    const top = [row('ready'), row('stopped')];
    const before = lists(top, { ready: [row('a'), row('b')], stopped: [row('c')] });
    const after = lists(top, { ready: [row('b')], stopped: [row('a'), row('c')] });
    expect(repaintOf(before, after)).toEqual({ kind: 'all' });
  });

  it('heeds that a row can be opened now, and that it leads somewhere', () => {
    const before = lists([row('a'), row('b')]);
    const after = lists([
      { ...row('a'), fold: 'collapsed' },
      { ...row('b'), leadsTo: { kind: 'sandbox', id: 'x' } },
    ]);
    expect(repaintOf(before, after)).toEqual({ kind: 'rows', ids: ['a', 'b'] });
  });
});
