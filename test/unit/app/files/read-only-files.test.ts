import { expect, it } from 'vitest';
import { ReadOnlyFiles } from '../../../../src/app/files/read-only-files';
import { memento } from '../memento';

it('what was made read-only stays so in the next window, until it is allowed again', async () => {
  const state = memento();
  const first = new ReadOnlyFiles(state);
  await first.set('one', true);
  await first.set('two', true);
  await first.set('one', true);
  expect(first.has('one')).toBe(true);
  const next = new ReadOnlyFiles(state);
  expect([...next.ids.value]).toEqual(['two', 'one']);
  await next.set('one', false);
  await next.set('two', false);
  expect(next.has('one')).toBe(false);
  expect(state.stored.size).toBe(0);
});
