import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { readAhead } from '../../../../src/local/lifecycle/read-ahead';
import { announcedPid } from '../../../../src/local/lifecycle/process-id';
import { write } from '../../../../src/local/engine/output';
import { until } from '../../../harness/until';

const never = new AbortController().signal;

it('lets a pid through that comes behind more output than fits', async () => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const { pid, rest } = announcedPid(stderr);
  const ahead = readAhead(stdout, pid);
  const sent = (async () => {
    for (let i = 0; i < 64; i += 1) await write(stdout, Buffer.alloc(32 * 1024, String(i % 10)), never);
    await write(stderr, Buffer.from('17\nwarned'), never);
    await write(stdout, Buffer.from('END'), never);
    stdout.end();
    stderr.end();
  })();
  expect(await pid).toBe(17);
  const [said, warned] = await Promise.all([text(ahead), text(rest), sent]);
  expect(said).toBe(`${Array.from({ length: 64 }, (_, i) => String(i % 10).repeat(32 * 1024)).join('')}END`);
  expect(warned).toBe('warned');
});

it('keeps no more than it may', async () => {
  const source = new PassThrough({ highWaterMark: 10 });
  const known = new PassThrough();
  const ahead = readAhead(source, new Promise((resolve) => known.once('close', resolve)), 100);
  let taken = 0;
  const sent = (async () => {
    for (; taken < 1000; taken += 10) await write(source, Buffer.alloc(10, 'x'), never);
    source.end();
  })();
  await until('it to be full', () => (source.isPaused() ? true : undefined));
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toBeLessThan(200);
  known.destroy();
  const [said] = await Promise.all([text(ahead), sent]);
  expect(said).toBe('x'.repeat(1000));
});

it('has all of what ended before', async () => {
  const source = new PassThrough();
  const ahead = readAhead(source, Promise.reject(new Error('on purpose')));
  source.end('all');
  await new Promise((resolve) => source.once('close', resolve));
  expect(await text(ahead)).toBe('all');
});

it('breaks with what broke before anybody read it', async () => {
  const source = new PassThrough();
  source.on('error', () => undefined);
  const ahead = readAhead(source, Promise.resolve());
  source.destroy(new Error('on purpose'));
  await new Promise((resolve) => source.once('close', resolve));
  await expect(text(ahead)).rejects.toThrow('on purpose');
});

it('ends its source at once when its reader leaves, also one that has nothing to say', async () => {
  const source = new PassThrough();
  const ahead = readAhead(source, Promise.resolve());
  const reading = text(ahead);
  ahead.destroy(new Error('on purpose'));
  await expect(reading).rejects.toThrow('on purpose');
  expect(source.destroyed).toBe(true);
});
