import { expect, it } from 'vitest';
import { contentsOf } from '../../../../src/app/changes/contents';
import type { Side, TreeEntry } from '../../../../src/app/changes/tree';
import { FileError } from '../../../../src/app/files/file-error';

const entry = (size: number): TreeEntry => ({ kind: 'file', size, modifiedAt: 0 });
const limits = { fileBytes: 10, allBytes: 15 };
const run = { signal: new AbortController().signal, onStep: () => undefined };

function sideWith(files: Record<string, string>, asked: string[] = []): Side {
  return {
    list: () => Promise.reject(new Error('unused')),
    digests: () => Promise.reject(new Error('unused')),
    content: (path) => {
      asked.push(path);
      const text = files[path];
      return text === undefined
        ? Promise.reject(new FileError('not-found', path))
        : Promise.resolve(Buffer.from(text));
    },
  };
}

it('what is no text, too large or not there is told as such, and what is too large is not asked for', async () => {
  const asked: string[] = [];
  const wanted = [
    ['a', entry(9)],
    ['binary', entry(3)],
    ['large', entry(11)],
    ['too-much', entry(4)],
    ['gone', entry(1)],
    ['folder', { ...entry(0), kind: 'folder' }],
  ] as const;
  const contents = await contentsOf(sideWith({ a: 'text', binary: 'x\0y' }, asked), wanted, limits, run);
  expect(Object.fromEntries(contents)).toEqual({
    a: Buffer.from('text'),
    binary: 'binary',
    large: 'large',
    'too-much': 'too-much',
    gone: 'unreadable',
  });
  expect(asked.sort()).toEqual(['a', 'binary', 'gone']);
});

it('a sandbox that can’t be asked ends it', async () => {
  const side = { ...sideWith({}), content: () => Promise.reject(new Error('no connection')) };
  await expect(contentsOf(side, [['a', entry(1)]], limits, run)).rejects.toThrow('no connection');
});
