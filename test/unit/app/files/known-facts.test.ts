import { beforeEach, expect, it } from 'vitest';
import { KnownFacts } from '../../../../src/app/files/known-facts';

const facts = { kind: 'file', isLink: true, isReadonly: true, size: 3, modifiedAt: 2_789 } as const;
const head = { etag: '"one"', size: 3, lastModified: new Date(2_000).toUTCString() };
let now = 0;
let known: KnownFacts;

beforeEach(() => {
  now = 0;
  known = new KnownFacts(() => now);
  known.learn('file', facts);
});

it('a head of the same state tells what was known, to the millisecond', () => {
  expect(known.withHead('file', head)).toEqual(facts);
  expect(known.withHead('file', head)).toEqual(facts);
});

it('a head of another state tells its size and time', () => {
  known.withHead('file', head);
  const later = { etag: '"two"', size: 4, lastModified: new Date(9_000).toUTCString() };
  const changed = { ...facts, size: 4, modifiedAt: 9_000 };
  expect([known.withHead('file', later), known.withHead('file', later)]).toEqual([changed, changed]);
});

it('what is not known, known for long, no file, or told by a head without an ETag is asked for', () => {
  expect(known.withHead('other', head)).toBeUndefined();
  expect(known.withHead('file', { size: 3 })).toBeUndefined();
  known.learn('folder', { ...facts, kind: 'folder' });
  expect(known.has('folder')).toBe(false);
  now = 60_000;
  expect([known.has('file'), known.withHead('file', head)]).toEqual([false, undefined]);
});
