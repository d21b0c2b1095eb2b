import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { announcedPid } from '../../../../src/local/lifecycle/process-id';

async function read(...chunks: string[]): Promise<[number | undefined, string]> {
  const stderr = new PassThrough();
  const { pid, rest } = announcedPid(stderr);
  const whole = text(rest);
  for (const chunk of chunks) {
    stderr.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
  }
  stderr.end();
  return [await pid, await whole];
}

it.each([
  [['17\n'], 17, ''],
  [['17\nwarning\n'], 17, 'warning\n'],
  [['1', '7', '\nwar', 'ning'], 17, 'warning'],
  [['17\n18\n'], 17, '18\n'],
  [['sh: not found\n'], undefined, 'sh: not found\n'],
  [['sh: warning: no such locale\n1', '7\nout\n'], 17, 'sh: warning: no such locale\nout\n'],
  [['x17\n17x\n'], undefined, 'x17\n17x\n'],
  [['x'.repeat(1100), '\n17\n'], undefined, `${'x'.repeat(1100)}\n17\n`],
  [['17'], undefined, '17'],
  [['1'.repeat(40)], undefined, '1'.repeat(40)],
  [[], undefined, ''],
])('%j', async (chunks, pid, rest) => {
  expect(await read(...chunks)).toEqual([pid, rest]);
});

it('a stream that breaks has no pid and breaks the rest', async () => {
  const stderr = new PassThrough();
  const { pid, rest } = announcedPid(stderr);
  const whole = text(rest);
  stderr.destroy(new Error('on purpose'));
  await expect(whole).rejects.toThrow('on purpose');
  expect(await pid).toBeUndefined();
});

it('a stream that breaks while nobody reads the rest ends nothing else', async () => {
  const stderr = new PassThrough();
  const { pid, rest } = announcedPid(stderr);
  stderr.write('17\n');
  expect(await pid).toBe(17);
  stderr.destroy(new Error('on purpose'));
  await new Promise((resolve) => rest.once('close', resolve));
  expect(rest.errored?.message).toBe('on purpose');
});
