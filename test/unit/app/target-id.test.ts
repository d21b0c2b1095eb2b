import { expect, it } from 'vitest';
import type { Target } from '../../../src/app/target';
import { isTargetOf, targetId, targetNameOf } from '../../../src/app/target-id';

const [one, other] = ['https://one.example.com', 'https://other.example.com'].map((endpoint): Target => ({
  kind: 'langsmith',
  endpoint,
  name: 'work',
})) as [Target & { kind: 'langsmith' }, Target & { kind: 'langsmith' }];

it('tells connections apart that have one name at two endpoints, whatever they are called', () => {
  expect(isTargetOf(targetId(one), { ...one, title: 'prod' })).toBe(true);
  expect(isTargetOf(targetId(one), other)).toBe(false);
  expect(isTargetOf('work', other)).toBe(true);
});

it.each([
  ['is called since', targetId(one), [{ ...one, title: 'prod' }, other], 'prod'],
  ['was called at first when it is forgotten', targetId(one), [other], 'work'],
  ['is called since, by the name alone', 'work', [{ ...one, title: 'prod' }], 'prod'],
  ['was called when it may be either', 'work', [{ ...one, title: 'prod' }, other], 'work'],
  ['is called without a key of its own', targetId({ kind: 'local' }), [one], 'Local'],
  ['was called, also where that reads as JSON', '[1]', [], '[1]'],
])('names it as it %s', (_, id, known, name) => {
  expect(targetNameOf(id, known)).toBe(name);
});
