import type { Readable } from 'node:stream';
import tar from 'tar-stream';
import { expect, it } from 'vitest';
import { programArchive } from '../../../../src/local/engine/program-archive';

const program = { type: 'file', mode: 0o755 };

it('lays programs into their folder, where every user may run them', async () => {
  const archive = programArchive([
    ['/.ours/one', Buffer.from('1')],
    ['/.ours/two', Buffer.from('2')],
  ]);
  expect(await entriesOf(archive)).toEqual([
    { name: '.ours', type: 'directory', mode: 0o755 },
    { ...program, name: '.ours/one' },
    { ...program, name: '.ours/two' },
  ]);
});

async function entriesOf(archive: Readable): Promise<unknown[]> {
  const entries: unknown[] = [];
  for await (const entry of archive.pipe(tar.extract())) {
    const { name, type, mode } = entry.header;
    entries.push({ name, type, mode });
    entry.resume();
  }
  return entries;
}
