import { expect, it } from 'vitest';
import { inPieces } from '../../../../src/app/changes/pieces';
import { parseTree } from '../../../../src/app/changes/sandbox-tree';

it('a tree is read with names that hold line ends, and without what is mounted in it', () => {
  const text = [
    '41ed 4096 100 50 .',
    '41ed 4096 100 50 ./srv',
    '81a4 12 101 99 ./srv/a b\n41ed 1 1 1 .',
    'a1ff 3 -5 50 ./srv/link',
    '41ed 4096 100 77 ./mnt',
    '',
  ].join('//\n');
  expect([...parseTree(text, '/')]).toEqual([
    ['srv', { kind: 'folder', size: 4096, modifiedAt: 100, permissions: 0o755 }],
    ['srv/a b\n41ed 1 1 1 .', { kind: 'file', size: 12, modifiedAt: 101, permissions: 0o644 }],
    ['srv/link', { kind: 'link', size: 3, modifiedAt: -5, permissions: 0o777 }],
  ]);
});

it('a list that broke off is no tree', () => {
  const [root, file] = ['41ed 4096 100 50 .//\n', '81a4 12 101 50 ./a//\n'];
  expect(parseTree(root + file, '/srv').size).toBe(1);
  for (const text of ['', file, `${root}81a4 12 101 50 ./a`, `${root}81a4 1`]) {
    expect(() => parseTree(text, '/srv'), text).toThrow('broke off');
  }
});

it('paths go to a program in pieces that it bears, in their order', () => {
  const many = Array.from({ length: 1200 }, (_, index) => `${index}`);
  expect(inPieces(many).map(({ length }) => length)).toEqual([500, 500, 200]);
  const long = ['a'.repeat(50_000), 'b'.repeat(20_000), 'c'];
  expect(inPieces(long)).toEqual([[long[0]], [long[1], 'c']]);
  expect(inPieces([])).toEqual([]);
});
