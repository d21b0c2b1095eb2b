import { expect, it } from 'vitest';
import type { Command } from '../../../../src/local/commands/command';
import { createMemory } from '../../../../src/local/commands/memory';
import { createOutput, keptBytes } from '../../../../src/local/commands/output';
import { bufferKilobytes } from '../../../harness/heap';

const piece = Buffer.alloc(64 * 1024);

/** One that has ended and said so much, piece by piece. */
async function ended(bytes: number): Promise<Command> {
  const output = createOutput();
  for (let left = bytes; left > 0; left -= piece.length)
    await output.append('stdout', piece.subarray(0, left));
  return { output } as Command;
}

it('of commands that have ended, the oldest go when there are 64 MiB of output, and it is remembered that they went', async () => {
  const forgotten: string[] = [];
  const memory = createMemory((key) => forgotten.push(key));
  for (let count = 0; count < 70; count += 1) memory.keep(`large ${count}`, await ended(keptBytes));
  // Each takes a little more than its output.
  expect(forgotten).toEqual(Array.from({ length: 7 }, (_, count) => `large ${count}`));
  expect([memory.wasKept('large 6'), memory.wasKept('large 7')]).toEqual([true, false]);
});

it('of commands that said nothing there are 16384, and the last 10000 that went are remembered', async () => {
  const forgotten: string[] = [];
  const memory = createMemory((key) => forgotten.push(key));
  const silent = await ended(0);
  for (let count = 0; count < 30_000; count += 1) memory.keep(`silent ${count}`, silent);
  expect(forgotten).toHaveLength(30_000 - 16_384);
  const remembered = forgotten.filter((key) => memory.wasKept(key));
  expect(remembered).toEqual(forgotten.slice(-10_000));
});

it('what is kept takes no more memory than it has bytes', async () => {
  const kept: Command[] = [];
  const memory = createMemory(() => undefined);
  const before = await bufferKilobytes();
  for (let count = 0; count < 50; count += 1) {
    const command = await ended(keptBytes / 2 + 1);
    memory.keep(String(count), command);
    kept.push(command);
  }
  expect((await bufferKilobytes()) - before).toBeLessThan(30 * 1024);
  expect(kept[49]?.output.rings.stdout.end).toBe(keptBytes / 2 + 1);
});
