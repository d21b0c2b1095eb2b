import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../src/app/failure';
import { each } from '../../../../src/app/operations/each';
import type { Outcome } from '../../../../src/app/outcome';
import { aRun } from '../session-over';

const done: Outcome<string> = { kind: 'done', value: 'so be it' };

/** Things whose turns end when the test says so. */
function turns(): {
  act: (item: string) => Promise<Outcome<string>>;
  begun: string[];
  end: (item: string, outcome?: Outcome<string>) => Promise<void>;
} {
  const ends = new Map<string, (outcome: Outcome<string>) => void>();
  const begun: string[] = [];
  return {
    act: (item) => {
      begun.push(item);
      return new Promise((resolve) => ends.set(item, resolve));
    },
    begun,
    end: async (item, outcome = done) => {
      ends.get(item)?.(outcome);
      await new Promise(setImmediate);
    },
  };
}

describe('doing the same to each of several', () => {
  it('begins no more at once than it may, and the next when one has ended', async () => {
    const { act, begun, end } = turns();
    const all = each(['a', 'b', 'c', 'd'], aRun(), act, 2);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('c');
    await end('a');
    await end('d');
    expect(await all).toMatchObject({ kind: 'done', value: { done: ['b', 'c', 'a', 'd'], failed: [] } });
  });

  it('counts those that have ended', async () => {
    const run = aRun();
    await each(['a', 'b'], run, () => Promise.resolve(done), 1);
    expect(run.steps).toEqual([0, 1, 2].map((ended) => ({ kind: 'counting', ended, of: 2 })));
  });

  it('goes on after one that failed, and keeps why', async () => {
    const failure = failureOf(new Error('no room'));
    const outcome = await each(['a', 'b', 'c'], aRun(), (item) =>
      Promise.resolve(item === 'a' ? { kind: 'failed', failure } : done),
    );
    expect(outcome).toMatchObject({
      kind: 'done',
      value: { done: ['b', 'c'], failed: [{ item: 'a', failure: { reason: 'no room' } }] },
    });
  });

  it('cancelled, begins no more and tells those apart that were begun', async () => {
    const { act, begun, end } = turns();
    const run = aRun();
    const all = each(['a', 'b', 'c', 'd'], run, act, 2);
    await end('a');
    run.cancel();
    await end('b', { kind: 'cancelled' });
    await end('c');
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(await all).toEqual({
      kind: 'cancelled',
      left: { done: ['a', 'c'], failed: [], unfinished: ['b'], untouched: ['d'] },
    });
  });

  it('hands the cancel on to those under way', async () => {
    const run = aRun();
    const all = each(['a'], run, (_, { signal }) => {
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve({ kind: 'cancelled', left: 'it' })),
      );
    });
    run.cancel();
    expect(await all).toMatchObject({ kind: 'cancelled', left: { unfinished: ['a'] } });
  });

  it('is done, not cancelled, when the cancel came after the last one', async () => {
    const { act, end } = turns();
    const run = aRun();
    const all = each(['a'], run, act);
    run.cancel();
    await end('a');
    expect(await all).toMatchObject({ kind: 'done', value: { done: ['a'] } });
  });

  it('does not take one for failed that another action took over', async () => {
    const outcome = await each(['a'], aRun(), () => Promise.resolve({ kind: 'cancelled' }));
    expect(outcome).toMatchObject({ kind: 'done', value: { failed: [], unfinished: ['a'] } });
  });
});
