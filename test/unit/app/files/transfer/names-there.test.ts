import { expect, it } from 'vitest';
import { sharedName } from '../../../../../src/app/files/transfer/names-there';

it('tells a name that comes twice', () => {
  expect(sharedName(['a', 'b', 'A'])).toBeUndefined();
  expect(sharedName(['a', 'b', 'c', 'b'])).toBe('b');
});
