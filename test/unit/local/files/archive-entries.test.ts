import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import tar from 'tar-stream';
import { expect, it } from 'vitest';
import type { Engine } from '../../../../src/local/engine/engine';
import { archiveEntries } from '../../../../src/local/files/archive-entries';

const kibibyte = 1024;

it('an archive that breaks off within a file rejects, whether the file is read or not', async () => {
  for (const isRead of [true, false]) {
    const broken = new Error('the engine went away');
    await expect(walk(await startOfArchive(), isRead, (archive) => archive.destroy(broken))).rejects.toBe(
      broken,
    );
  }
});

it('an abort within a file rejects with its reason', async () => {
  const stopping = new AbortController();
  const reason = new Error('no longer wanted');
  const walking = walk(await startOfArchive(), true, () => stopping.abort(reason), stopping.signal);
  await expect(walking).rejects.toBe(reason);
});

it('an archive that is cut off rejects', async () => {
  await expect(walk(await startOfArchive(), false, (archive) => archive.end())).rejects.toThrow();
});

/** Calls `then` once the file has begun. */
async function walk(
  start: Buffer,
  isRead: boolean,
  then: (archive: PassThrough) => void,
  signal = new AbortController().signal,
): Promise<void> {
  const archive = new PassThrough();
  archive.write(start);
  const engine = { getArchive: () => Promise.resolve(archive as Readable) } as unknown as Engine;
  for await (const { content } of archiveEntries(engine, 'container', '/srv', signal)) {
    setImmediate(() => then(archive));
    if (isRead) for await (const chunk of content) expect(chunk.length).toBeGreaterThan(0);
  }
}

/** A folder, and the first half of a file in it. */
async function startOfArchive(): Promise<Buffer> {
  const pack = tar.pack();
  pack.entry({ name: 'srv/', type: 'directory' });
  pack.entry({ name: 'srv/file' }, Buffer.alloc(64 * kibibyte, 'x'));
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).subarray(0, 32 * kibibyte);
}
