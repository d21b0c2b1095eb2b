import { describe, expect, it } from 'vitest';
import { PaintedRows } from '../../../../src/ui/trees/painted-rows';
import type { Row } from '../../../../src/ui/trees/row';
import type { RowTree } from '../../../../src/ui/trees/row-tree';

const row = (id: string, description = ''): Row => ({
  id,
  label: id,
  description,
  icon: 'running',
  contextValue: '',
  spoken: id,
});

function tree(below: Record<string, Row[]>, asked: string[] = []): RowTree {
  return {
    top: [row('group:x')],
    groups: new Map([['group:x', [row('a'), row('b')]]]),
    below: (id) => {
      asked.push(id);
      return below[id] ?? [];
    },
  };
}

describe('the rows as the editor knows them', () => {
  it('are made below a resource only once they are asked for, and followed from then on', () => {
    const asked: string[] = [];
    const rows = new PaintedRows();
    rows.paint(tree({ a: [row('a/1')], b: [row('b/1')] }, asked));
    expect(rows.children().map(({ id }) => id)).toEqual(['group:x']);
    expect(rows.children('group:x').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(asked).toEqual([]);
    expect(rows.children('a').map(({ id }) => id)).toEqual(['a/1']);
    expect(rows.children('a').map(({ id }) => id)).toEqual(['a/1']);
    expect(asked).toEqual(['a']);
    const changed = { a: [row('a/1', 'stopped')], b: [row('b/1', 'stopped')] };
    expect(rows.paint(tree(changed, asked))).toEqual({ kind: 'rows', ids: ['a/1'] });
    expect(rows.paint(tree({ ...changed, a: [] }, asked))).toEqual({ kind: 'rows', ids: ['a'] });
  });

  it('know the row that each stands below, also one that the editor has not drawn', () => {
    const rows = new PaintedRows();
    rows.paint(tree({ a: [row('a/1')] }));
    expect(rows.parent('a')).toBe('group:x');
    expect(rows.parent('group:x')).toBeUndefined();
    rows.children('a');
    expect(rows.parent('a/1')).toBe('a');
  });

  it('forget what was asked below a row that went', () => {
    const asked: string[] = [];
    const rows = new PaintedRows();
    rows.paint(tree({ a: [row('a/1')] }));
    rows.children('a');
    rows.paint({ top: [], groups: new Map(), below: () => [] });
    expect(rows.row('a/1')).toBeUndefined();
    rows.paint(tree({ a: [row('a/1')] }, asked));
    expect(asked).toEqual([]);
  });
});
