import { expect, it, vi } from 'vitest';
import { createUndoing } from '../../../src/local/undoing';

function ending(): { undoing: ReturnType<typeof createUndoing>; errors: string[] } {
  const errors: string[] = [];
  const log = { info: () => undefined, error: (text: string) => void errors.push(text) };
  return { undoing: createUndoing(log), errors };
}

it('takes the last step first, each when the one before it is done', async () => {
  const { undoing } = ending();
  const order: string[] = [];
  undoing.add(() => void order.push('first'));
  undoing.add(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push('second');
  });
  await undoing.run();
  expect(order).toEqual(['second', 'first']);
});

it('a step that fails is logged, and keeps no other from being taken', async () => {
  const { undoing, errors } = ending();
  const first = vi.fn();
  undoing.add(first);
  undoing.add(() => Promise.reject(new Error('stuck')));
  undoing.add(() => {
    throw new Error('locked');
  });
  await undoing.run();
  expect(first).toHaveBeenCalledTimes(1);
  expect(errors).toEqual([expect.stringContaining('locked'), expect.stringContaining('stuck')]);
});

it('is run once, and whoever asks again waits for the same end', async () => {
  const { undoing } = ending();
  let isDone = false;
  const step = vi.fn(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    isDone = true;
  });
  undoing.add(step);
  void undoing.run();
  await undoing.run();
  expect([isDone, step.mock.calls.length]).toEqual([true, 1]);
});
