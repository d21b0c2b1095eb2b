import { expect, it, vi } from 'vitest';
import { FreshHeads } from '../../../../src/app/files/fresh-heads';

const head = (etag: string): { etag: string; size: number; lastModified: undefined } => ({
  etag,
  size: 1,
  lastModified: undefined,
});

function heads(...etags: string[]): {
  fresh: FreshHeads;
  ask: () => Promise<ReturnType<typeof head>>;
  clock: { now: number };
} {
  const clock = { now: 0 };
  const ask = vi.fn(() => Promise.resolve(head(etags.shift() ?? 'none left')));
  return { fresh: new FreshHeads(() => clock.now), ask, clock };
}

it('a look spares the next one, and no more', async () => {
  const { fresh, ask } = heads('one', 'two');
  expect(await fresh.look('a', ask)).toEqual(head('one'));
  expect(await fresh.look('a', ask)).toEqual(head('one'));
  expect(await fresh.look('a', ask)).toEqual(head('two'));
});

it('one file’s look spares no other’s', async () => {
  const { fresh, ask } = heads('one', 'two');
  await fresh.look('a', ask);
  expect(await fresh.look('b', ask)).toEqual(head('two'));
});

it('a look is not fresh for long', async () => {
  const { fresh, ask, clock } = heads('one', 'two');
  await fresh.look('a', ask);
  clock.now = 1_000;
  expect(await fresh.look('a', ask)).toEqual(head('two'));
});

it('what was seen before a change is asked again', async () => {
  const { fresh, ask } = heads('one', 'two');
  await fresh.look('a', ask);
  fresh.changed();
  expect(await fresh.look('a', ask)).toEqual(head('two'));
});

it('what was asked before a change, and answered after it, spares nothing', async () => {
  const { fresh, ask } = heads('one', 'two');
  const asked = fresh.ask('a', ask);
  fresh.changed();
  await asked;
  expect(await fresh.look('a', ask)).toEqual(head('two'));
});

it('a file that is missing is looked for each time', async () => {
  const { fresh, ask } = heads('made meanwhile');
  expect(await fresh.look('a', () => Promise.resolve('missing'))).toBe('missing');
  expect(await fresh.look('a', ask)).toEqual(head('made meanwhile'));
});
