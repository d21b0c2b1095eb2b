import { describe, expect, it } from 'vitest';
import { fileFilter, globPattern } from '../../../../src/local/files/glob-pattern';

describe('a glob pattern', () => {
  it.each([
    ['*', ['a', '.dot', 'a b\nc'], ['a/b']],
    ['**', ['a', 'a/b/c'], []],
    ['*.ts', ['a.ts', '.ts'], ['a/b.ts', 'a.tsx']],
    ['src/**/*.ts', ['src/a.ts', 'src/b/c/a.ts'], ['a.ts', 'src/a.js', 'other/src/a.ts']],
    ['**/b/**', ['b', 'a/b', 'b/c', 'a/b/c/d'], ['a', 'ab/c']],
    ['a?c', ['abc', 'aüc', 'a😀c'], ['ac', 'a/c', 'abbc']],
    ['[a-c!]x', ['ax', 'bx', '!x'], ['dx', 'x']],
    ['[!a-c]x', ['dx'], ['ax', '/x']],
    ['[]x]', [']', 'x'], ['[]x]']],
    ['[open', ['[open'], ['o']],
    [String.raw`\*\[`, ['*['], ['a[']],
    ['./a//b/', ['a/b'], ['a']],
    ['*.{ts,js}', ['a.{ts,js}'], ['a.ts']],
  ])('%j fits what it says and nothing else', (pattern, fitting, others) => {
    const { matches } = globPattern(pattern);
    for (const path of fitting) expect(matches(path), path).toBe(true);
    for (const path of others) expect(matches(path), path).toBe(false);
  });

  it('tells how deep it can go', () => {
    expect([globPattern('a/*').mostParts, globPattern('a/**').mostParts]).toEqual([2, Infinity]);
  });

  it('is done at once on names that are made to keep it busy', { timeout: 2000 }, () => {
    expect(globPattern(`${'*a'.repeat(1000)}b`).matches('a'.repeat(4000))).toBe(false);
    expect(globPattern(`${'**/a/'.repeat(400)}b`).matches('a/'.repeat(2000) + 'a')).toBe(false);
  });
});

it('a filter without a slash is for names at any depth, one with a slash for paths', () => {
  const [name, path] = [fileFilter('*.md'), fileFilter('docs/*.md')];
  expect([name('a.md'), name('docs/deep/a.md'), path('docs/a.md'), path('a/docs/a.md')]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
