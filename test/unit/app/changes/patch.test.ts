import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/app/changes/compare';
import type { Content } from '../../../../src/app/changes/contents';
import { patchOf } from '../../../../src/app/changes/patch';
import type { TreeEntry } from '../../../../src/app/changes/tree';

const entry: TreeEntry = { kind: 'file', size: 1, modifiedAt: 0, permissions: 0o644 };
const changed = (path: string, facts: Partial<Change> = {}): Change => ({
  path,
  how: 'changed',
  before: entry,
  after: entry,
  isModeOnly: false,
  ...facts,
});
const contents = (all: Record<string, string>): Map<string, Content> =>
  new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)]));

const { signal } = new AbortController();

async function textOf(
  changes: Change[],
  before: Record<string, string>,
  after: Record<string, string>,
): Promise<string> {
  const source = { before: contents(before), after: contents(after) };
  return Buffer.from((await patchOf(changes, source, [], (why) => why, signal)).bytes).toString();
}

describe('a patch', () => {
  it('has git’s form, permissions included, and quotes what names may hold', async () => {
    const text = await textOf(
      [
        changed('a b', { after: { ...entry, permissions: 0o755 } }),
        changed('ü\n', { how: 'added', before: undefined }),
      ],
      { 'a b': 'one\n' },
      { 'a b': 'two\n', 'ü\n': '' },
    );
    expect(text).toBe(
      [
        'diff --git a/a b b/a b',
        'old mode 100644',
        'new mode 100755',
        '--- a/a b\t ',
        '+++ b/a b\t ',
        '@@ -1,1 +1,1 @@',
        '-one',
        '+two',
        String.raw`diff --git "a/\303\274\n" "b/\303\274\n"`,
        'new file mode 100644',
        '',
      ].join('\n'),
    );
  });

  it('is taken by git, whether files come, go, are emptied, filled or replaced by links', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-patch-'));
    const before = {
      goes: 'one\ntwo',
      emptied: 'full\n',
      filled: '',
      turns: 'a file\n',
      edited: 'a\nb\nc\n',
    };
    const after = { comes: 'new\n', emptied: '', filled: 'no end', turns: 'edited', edited: 'a\nB\nc\n' };
    for (const [name, text] of Object.entries(before)) await writeFile(path.join(folder, name), text);
    const changes = [
      changed('comes', { how: 'added', before: undefined }),
      changed('goes', { how: 'deleted', after: undefined }),
      ...['emptied', 'filled', 'edited'].map((name) => changed(name)),
      changed('turns', { after: { ...entry, kind: 'link' } }),
    ];
    await writeFile(path.join(folder, 'patch'), await textOf(changes, before, after));
    await promisify(execFile)('git', ['apply', 'patch'], { cwd: folder });
    const names = (await readdir(folder)).filter((name) => name !== 'patch');
    expect(names.sort()).toEqual(Object.keys(after).sort());
    for (const name of ['comes', 'emptied', 'filled', 'edited'] as const) {
      expect(await readFile(path.join(folder, name), 'utf8')).toBe(after[name]);
    }
    expect(await readlink(path.join(folder, 'turns'))).toBe('edited');
    await rm(folder, { recursive: true });
  });

  it('is given up when nobody wants it any more', async () => {
    const source = { before: contents({ a: 'x' }), after: contents({ a: 'y' }) };
    const gone = AbortSignal.abort(new Error('cancelled'));
    await expect(patchOf([changed('a')], source, [], (why) => why, gone)).rejects.toThrow('cancelled');
  });

  it('keeps bytes that are no UTF-8', async () => {
    const source = {
      before: new Map([['a', Buffer.from([0xe9, 0x0a])]]),
      after: new Map([['a', Buffer.from([0xe8, 0x0a])]]),
    };
    const { bytes } = await patchOf([changed('a')], source, [], (why) => why, signal);
    expect(Buffer.from(bytes).toString('latin1')).toContain('-é\n+è\n');
  });

  it('deletes before it adds, so that a link can come in the place of a folder', async () => {
    const text = await textOf(
      [
        changed('a', { before: { ...entry, kind: 'folder' }, after: { ...entry, kind: 'link' } }),
        changed('a/in', { how: 'deleted', after: undefined }),
      ],
      { 'a/in': 'x\n' },
      { a: 'b' },
    );
    expect(text.match(/^(deleted|new) file mode \d+/gm)).toEqual([
      'deleted file mode 100644',
      'new file mode 120000',
    ]);
    expect(text).toContain('+b\n\\ No newline at end of file\n');
  });

  it('names in its head what it can’t hold, in one line each', async () => {
    const source = {
      before: new Map<string, Content>([['big\n', 'large']]),
      after: contents({ 'big\n': 'x' }),
    };
    const folder: TreeEntry = { ...entry, kind: 'folder' };
    const { bytes, leftOut } = await patchOf(
      [
        changed('big\n'),
        changed('hollow', { how: 'added', before: undefined, after: folder }),
        changed('open', { before: folder, after: folder, isModeOnly: true }),
        changed('pipe', { how: 'deleted', before: { ...entry, kind: 'other' }, after: undefined }),
      ],
      source,
      ['Head'],
      (why) => why,
      signal,
    );
    expect(Buffer.from(bytes).toString()).toBe(
      String.raw`# Head
# "big\n": large
# "hollow": folder
# "open": folder
# "pipe": device
`,
    );
    expect(leftOut).toHaveLength(4);
  });

  it('of a file that differs all over has it as replaced, and does not look for what is the same', async () => {
    const lines = (salt: number): string =>
      Array.from({ length: 60_000 }, (_, index) => `${(index * 7919 + salt * 104729) % 60013} ${salt}`).join(
        '\n',
      );
    const text = await textOf([changed('a')], { a: lines(1) }, { a: lines(2) });
    expect(text.match(/^@@.*/m)?.[0]).toBe('@@ -1,60000 +1,60000 @@');
  });
});
