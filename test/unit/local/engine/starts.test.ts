import { expect, it } from 'vitest';
import { createStarts } from '../../../../src/local/engine/starts';

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('a pause waits for what is being started in its container, and for nothing else', async () => {
  const starts = createStarts();
  const [first, second] = [await starts.begin('box', never), await starts.begin('box', never)];
  await starts.begin('another', never);
  const order: string[] = [];
  const paused = starts.pausing('box', never, () => Promise.resolve(order.push('paused')));
  await turn();
  first();
  await turn();
  order.push('second has begun');
  second();
  await paused;
  expect(order).toEqual(['second has begun', 'paused']);
});

it('a start waits for the pause before it, and so does the next pause', async () => {
  const starts = createStarts();
  const order: string[] = [];
  let unpause = (): void => undefined;
  const pause = new Promise<void>((resolve) => (unpause = resolve));
  const pausing = starts.pausing('box', never, () => pause);
  const started = starts.begin('box', never).then((begun) => {
    order.push('started');
    begun();
  });
  const again = starts.pausing('box', never, () => Promise.resolve(order.push('paused again')));
  await turn();
  expect(order).toEqual([]);
  unpause();
  await Promise.all([pausing, started, again]);
  expect(order).toHaveLength(2);
});

it('who gives up while it waits is let go, and holds nobody up', async () => {
  const starts = createStarts();
  const giveUp = new AbortController();
  const begun = await starts.begin('box', never);
  const pausing = starts.pausing('box', giveUp.signal, () => Promise.resolve('paused'));
  const starting = starts.begin('box', giveUp.signal);
  giveUp.abort(new Error('enough'));
  await expect(pausing).rejects.toThrow('enough');
  await expect(starting).rejects.toThrow('enough');
  begun();
  expect(await starts.pausing('box', never, () => Promise.resolve('paused'))).toBe('paused');
});

it('a pause that fails lets the next start through', async () => {
  const starts = createStarts();
  await expect(starts.pausing('box', never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  (await starts.begin('box', never))();
});
