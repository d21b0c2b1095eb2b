import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { has, type Stage } from './sdk';

export function fileSuite(stage: Stage): void {
  const hasSearch = has(stage.sdk, 'Sandbox', 'glob');

  it('bytes come back as they were, in folders made on the way', async () => {
    const bytes = randomBytes(300_000);
    await stage.box.write('/root/made/on/the/way.bin', bytes);
    const read = Buffer.from(await stage.box.read('/root/made/on/the/way.bin'));
    expect(read.equals(bytes)).toBe(true);
    await stage.box.write('/tmp/text', 'grüße');
    expect(new TextDecoder().decode(await stage.box.read('/tmp/text'))).toBe('grüße');
  });

  it('a file that is nowhere is not found', async () => {
    const notFound = { name: 'LangSmithResourceNotFoundError' };
    await expect(stage.box.read('/root/nowhere')).rejects.toMatchObject(notFound);
  });

  it.runIf(hasSearch)('a file is read in parts, and told when it changed', async () => {
    const { box } = stage;
    await box.write('/root/parts', '0123456789');
    const stat = await box.stat('/root/parts');
    expect(stat.size_bytes).toBe(10);
    const head = await box.readRange('/root/parts', { start: 0, end: 3 });
    expect(head).toMatchObject({ etag: stat.etag, total_bytes: 10, start: 0, partial: true });
    expect(Buffer.from(head.content).toString()).toBe('0123');
    const tail = await box.readRange('/root/parts', { suffixBytes: 2, ifRange: stat.etag });
    expect(Buffer.from(tail.content).toString()).toBe('89');
    const same = await box.readRange('/root/parts', { start: 0, ifNoneMatch: stat.etag });
    expect(same.unchanged).toBe(true);
    await box.write('/root/parts', 'changed and longer');
    const changed = await box.readRange('/root/parts', { start: 4, ifRange: stat.etag });
    expect(changed).toMatchObject({ partial: false, total_bytes: 18 });
    await expect(box.readRange('/root/parts', { start: 99 })).rejects.toThrow();
  });

  it.runIf(hasSearch)('files are found by pattern, by folder and by content', async () => {
    const { box } = stage;
    await box.write('/root/found/a.py', 'import os\nprint("needle")\n');
    await box.write('/root/found/deep/b.py', 'needle = 1\n');
    await box.write('/root/found/c.txt', 'needle\n');
    const glob = await box.glob('**/*.py', '/root/found');
    expect(glob.matches.map(({ path }) => path)).toEqual(['/root/found/a.py', '/root/found/deep/b.py']);
    expect(glob.matches[0]).toMatchObject({ is_dir: false, size_bytes: 26 });
    expect(await box.glob('**', '/root/found', { limit: 1 })).toMatchObject({ truncated: true });
    const { matches } = await box.ls('/root/found');
    expect(matches.map(({ path, is_dir }) => [path, is_dir])).toEqual([
      ['/root/found/a.py', false],
      ['/root/found/c.txt', false],
      ['/root/found/deep', true],
    ]);
    const grep = await box.grep('needle', '/root/found', { glob: '*.py' });
    expect(grep.matches.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: '/root/found/a.py', line: 2, text: 'print("needle")' },
      { path: '/root/found/deep/b.py', line: 1, text: 'needle = 1' },
    ]);
  });
}
