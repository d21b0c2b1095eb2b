import { expect, it } from 'vitest';
import { envList, envRecord } from '../../../../src/local/engine/env-list';

it('an environment keeps its values, whatever is in them', () => {
  const env = { A: '1', EQUALS: 'a=b=c', EMPTY: '', LINES: 'x\ny', QUOTES: '"\'' };
  expect(envRecord(envList(env))).toEqual(env);
});

it('a name without value counts as empty', () => {
  expect(envRecord(['ALONE'])).toEqual({ ALONE: '' });
});
