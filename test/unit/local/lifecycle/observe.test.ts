import { expect, it } from 'vitest';
import { lifecycleOver } from '../fixture/lifecycle';

const never = new AbortController().signal;

it('an engine that is slow to list is asked once by all who wait', async () => {
  let [looks, answer] = [0, (): void => undefined];
  const { observer } = lifecycleOver({
    listContainers: () => {
      looks += 1;
      return new Promise((resolve) => (answer = () => resolve([])));
    },
  });
  const first = observer.refresh(never);
  const realNow = Date.now;
  Date.now = () => realNow() + 5_000;
  const second = observer.refresh(never);
  Date.now = realNow;
  expect(looks).toBe(1);
  answer();
  await Promise.all([first, second]);
});

it('a store that can not be written does not count as an engine that does not answer', async () => {
  const lifecycle = lifecycleOver({ listContainers: () => Promise.resolve([]) });
  lifecycle.database.exec('ALTER TABLE boxes RENAME TO gone');
  await lifecycle.observer.refresh(never);
  expect(lifecycle.observer.unreachable).toBeUndefined();
  lifecycle.database.exec('ALTER TABLE gone RENAME TO boxes');
});
