import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unhurried, type Patience } from '../../../src/local/unhurried';
import { until } from '../../harness/until';

const content = randomBytes(4 * 1024 * 1024);
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const partBytes = 64 * 1024;
const reserveBytes = 0;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-unhurried-'));
});
afterEach(async () => {
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

/** The content in parts, and how much of it was asked for. */
function source(failure?: Error): { stream: Readable; given: () => number } {
  let at = 0;
  const parts = function* (): Generator<Buffer> {
    for (; at < content.length; at += partBytes) yield content.subarray(at, at + partBytes);
    if (failure) throw failure;
  };
  return { stream: Readable.from(parts(), { objectMode: false }), given: () => at };
}

const impatient: Patience = { patienceMs: 20, reserveBytes };
const ended = (stream: Readable): Promise<true> =>
  until('the source to have ended', () => stream.destroyed || stream.readableEnded || undefined);

it('a reader that keeps up gets the source, and no file is made', async () => {
  const { stream } = source();
  const reader = unhurried(stream, path.join(folder, 'missing'), { patienceMs: 60_000, reserveBytes });
  expect(hash(await buffer(reader))).toBe(hash(content));
});

it('a source whose reader takes nothing ends all the same; the reader gets every byte later', async () => {
  const { stream } = source();
  const reader = unhurried(stream, folder, impatient);
  reader.read(0);
  await ended(stream);
  const [file] = await readdir(folder);
  expect((await stat(path.join(folder, file ?? ''))).mode & 0o777).toBe(0o600);
  expect(hash(await buffer(reader))).toBe(hash(content));
});

it('waits that are short count together', async () => {
  const { stream } = source();
  const reader = unhurried(stream, folder, { patienceMs: 100, reserveBytes });
  const heard: Buffer[] = [];
  for await (const part of reader as AsyncIterable<Buffer>) {
    heard.push(part);
    if (!stream.readableEnded) await sleep(10);
    if (heard.length === 40) expect(await readdir(folder)).toHaveLength(1);
  }
  expect(hash(Buffer.concat(heard))).toBe(hash(content));
});

it('what the source fails with is told after what it had given', async () => {
  const { stream } = source(new Error('the engine went away'));
  const reader = unhurried(stream, folder, impatient);
  reader.read(0);
  await ended(stream);
  let length = 0;
  reader.on('data', (part: Buffer) => (length += part.length));
  const [failure] = (await once(reader, 'error')) as [Error];
  expect([failure.message, length]).toEqual(['the engine went away', content.length]);
});

it('a reader that leaves ends the source, before and after its rest went into a file', async () => {
  const early = source();
  const leaving = unhurried(early.stream, folder, { patienceMs: 60_000, reserveBytes });
  await once(leaving, 'readable');
  leaving.destroy();
  await once(leaving, 'close');
  expect(early.stream.destroyed).toBe(true);
  const late = source();
  const reader = unhurried(late.stream, folder, impatient);
  reader.read(0);
  await ended(late.stream);
  reader.destroy();
  await once(reader, 'close');
});

it('a reader that leaves ends a source that says nothing, never begun, in the middle and while it goes into a file', async () => {
  for (const patienceMs of [60_000, 20]) {
    const silent = new Readable({ read: () => undefined });
    const reader = unhurried(silent, folder, { patienceMs, reserveBytes });
    silent.push(Buffer.alloc(2 * partBytes));
    await once(reader, 'readable');
    if (patienceMs === 20) await until('a file', async () => (await readdir(folder)).length > 0 || undefined);
    reader.destroy();
    await once(reader, 'close');
    expect(silent.destroyed).toBe(true);
  }
  const untouched = source();
  unhurried(untouched.stream, folder, impatient).destroy();
  expect(untouched.stream.destroyed).toBe(true);
});

it.each([
  { what: 'is nearly full', where: () => folder, patience: { ...impatient, reserveBytes: Number.MAX_VALUE } },
  { what: 'takes no file', where: () => path.join(folder, 'missing'), patience: impatient },
])('where the disk $what, the source waits for its reader', async ({ where, patience }) => {
  const { stream, given } = source();
  const reader = unhurried(stream, where(), patience);
  reader.read(0);
  await sleep(5 * impatient.patienceMs); // enough to take it all, were it taken
  expect(given()).toBeLessThan(content.length / 2);
  expect(hash(await buffer(reader))).toBe(hash(content));
});
