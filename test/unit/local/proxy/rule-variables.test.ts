import { expect, it } from 'vitest';
import type { ProxyRule } from '../../../../src/api/wire/proxy-config';
import { ruleVariables } from '../../../../src/local/proxy/rule-variables';

it('the variables of enabled rules are there, the first rule’s before the others’', () => {
  const rules: ProxyRule[] = [
    { name: 'one', env_vars: { SHARED: 'one', ONE: '1' } },
    { name: 'two', enabled: true, env_vars: { SHARED: 'two', TWO: '2' } },
    { name: 'off', enabled: false, env_vars: { OFF: 'x' } },
    { name: 'none' },
  ];
  expect(ruleVariables({ rules })).toEqual({ SHARED: 'one', ONE: '1', TWO: '2' });
  expect(ruleVariables({})).toEqual({});
  expect(ruleVariables(null)).toEqual({});
});
