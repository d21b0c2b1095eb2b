import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../../../src/app/failure';
import type { Tally } from '../../../../src/app/operations/each';

vi.mock('vscode', () => import('../l10n'));

const { tallyText } = await import('../../../../src/ui/words/tally');
const { namesInShort } = await import('../../../../src/ui/words/count');

const nothing: Tally<string> = { done: [], failed: [], unfinished: [], untouched: [] };

function failed(reason: string, ...items: string[]): Tally<string>['failed'] {
  const failure: Failure = { cause: 'server', reason, error: undefined };
  return items.map((item) => ({ item, failure }));
}

function text(tally: Partial<Tally<string>>, wasCancelled = false): string {
  const of = { verb: 'stop-several', kind: 'sandboxes', nameOf: (item: string) => item } as const;
  return tallyText({ ...nothing, ...tally }, wasCancelled, of);
}

describe('the summary of what was done to several', () => {
  it('is one sentence when all went well', () => {
    expect(text({ done: ['a', 'b'] })).toBe('Stopped 2 sandboxes.');
  });

  it('says how many worked, which failed, and why', () => {
    expect(text({ done: ['a', 'b'], failed: failed('The disk is full.', 'c') })).toBe(
      'Stopped 2 of 3 sandboxes. Could not stop c: The disk is full.',
    );
  });

  it('tells a reason that several share once', () => {
    expect(text({ failed: failed('no room', 'a', 'b', 'c', 'd') })).toBe(
      'Could not stop a, b, c and 1 more: no room.',
    );
  });

  it('leaves further reasons to the log', () => {
    const many = [
      ...failed('one', 'a'),
      ...failed('two', 'b'),
      ...failed('three', 'c'),
      ...failed('four', 'd'),
    ];
    expect(text({ failed: many })).toBe(
      'Could not stop a: one. Could not stop b: two. 2 more failed; the log tells why.',
    );
  });

  it('is honest about what a cancel left', () => {
    expect(text({ done: ['a'], unfinished: ['b'], untouched: ['c', 'd'] }, true)).toBe(
      'Cancelled. Stopped 1 of 4 sandboxes. The server may go on with b. Left as they were: c, d.',
    );
  });
});

it('of many names the first are told, and how many more there are', () => {
  expect(namesInShort(['a', 'b'])).toBe('a, b');
  expect(namesInShort(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
});
