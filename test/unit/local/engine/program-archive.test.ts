import type { Readable } from 'node:stream';
import tar from 'tar-stream';
import { expect, it } from 'vitest';
import { programArchive, relayArchive } from '../../../../src/local/engine/program-archive';

const folder = { name: '.langsmith-sandbox', type: 'directory', mode: 0o755 };
const init = { name: '.langsmith-sandbox/init', type: 'file', mode: 0o755 };
const relay = { name: '.langsmith-sandbox/relay-1', type: 'file', mode: 0o755 };

it('lays our programs where every user may run them', async () => {
  expect(await entriesOf(programArchive('amd64'))).toEqual([folder, init, relay]);
  expect(await entriesOf(programArchive('arm64'))).toEqual([folder, init, relay]);
});

it('lays only the relay into a container that runs', async () => {
  expect(await entriesOf(relayArchive('amd64'))).toEqual([folder, relay]);
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
