import { describe, expect, it } from 'vitest';
import { changesBetween, compare, doubtfulPaths } from '../../../../src/app/changes/compare';
import type { Side, Tree, TreeEntry } from '../../../../src/app/changes/tree';

const file = (facts: Partial<TreeEntry> = {}): TreeEntry => ({
  kind: 'file',
  size: 3,
  modifiedAt: 1,
  permissions: 0o644,
  ...facts,
});
const folder = file({ kind: 'folder', permissions: 0o755 });
const tree = (entries: Record<string, TreeEntry>, isPartial = false): Tree => ({
  entries: new Map(Object.entries(entries)),
  isPartial,
});
const ofOneOrigin = { permissions: 0o7777, areTimesTrue: true };
const between = (before: Tree, after: Tree, same: string[] = [], options = ofOneOrigin): string[] =>
  changesBetween(before, after, new Set(same), options).map(
    ({ how, path, isModeOnly }) => `${isModeOnly ? 'mode' : how} ${path}`,
  );

describe('between two trees', () => {
  it('what is on one side alone was added or deleted; a folder has a line only where nothing is in it', () => {
    const before = tree({ gone: folder, 'gone/in': file(), hollow: folder, same: file() });
    const after = tree({ new: folder, 'new/in': file(), empty: folder, same: file() });
    expect(between(before, after)).toEqual([
      'added empty',
      'deleted gone/in',
      'deleted hollow',
      'added new/in',
    ]);
  });

  it('another size, kind or content is a change, a mere touch is none', () => {
    const before = tree({ a: file(), b: file(), c: file(), d: file(), e: folder });
    const after = tree({
      a: file({ size: 4 }),
      b: file({ kind: 'link' }),
      c: file({ modifiedAt: 2 }),
      d: file({ modifiedAt: 2 }),
      e: { ...folder, size: 9, modifiedAt: 9 },
    });
    expect(doubtfulPaths(before, after, ofOneOrigin)).toEqual(['c', 'd']);
    expect(between(before, after, ['d'])).toEqual(['changed a', 'changed b', 'changed c']);
  });

  it('where times tell nothing, all of one size is looked at', () => {
    const both = tree({ a: file(), b: file({ kind: 'link' }), c: folder, d: file({ kind: 'other' }) });
    expect(doubtfulPaths(both, both, { ...ofOneOrigin, areTimesTrue: false })).toEqual(['a', 'b']);
  });

  it('permissions that count are told by themselves, those of links and unknown ones never', () => {
    const before = tree({
      a: file(),
      b: folder,
      c: file({ kind: 'link' }),
      d: file({ permissions: undefined }),
    });
    const after = tree({
      a: file({ permissions: 0o755 }),
      b: { ...folder, permissions: 0o700 },
      c: file({ kind: 'link', permissions: 0o777 }),
      d: file({ permissions: 0o600 }),
    });
    expect(between(before, after)).toEqual(['mode a', 'mode b']);
    expect(between(before, after, [], { ...ofOneOrigin, permissions: 0o100 })).toEqual(['mode a']);
  });

  it('content that can’t be read on either side is no change, and that it and folders can’t be is told', async () => {
    const side = (digest: string | undefined, modifiedAt: number, isPartial = false): Side => ({
      list: () => Promise.resolve(tree({ a: file({ modifiedAt }) }, isPartial)),
      digests: (paths) => Promise.resolve(paths.map(() => digest)),
      content: () => Promise.reject(new Error('unused')),
    });
    const run = { signal: new AbortController().signal, onStep: () => undefined };
    for (const [one, other] of [
      [undefined, undefined],
      [undefined, 'x'],
      ['x', undefined],
    ]) {
      const unread = await compare(side(one, 1), side(other, 2), ofOneOrigin, run);
      expect(unread).toEqual({ changes: [], isPartial: true });
    }
    const whole = await compare(side('x', 1), side('y', 2), ofOneOrigin, run);
    expect(whole).toMatchObject({ changes: [{ how: 'changed', path: 'a' }], isPartial: false });
    const same = await compare(side('x', 1, true), side('x', 2), ofOneOrigin, run);
    expect(same).toEqual({ changes: [], isPartial: true });
  });
});
