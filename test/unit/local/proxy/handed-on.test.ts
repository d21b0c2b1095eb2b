import { expect, it } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import { handedOn, holdsSecrets } from '../../../../src/local/proxy/handed-on';
import { seal, unseal } from '../../../../src/local/store/seal';

const key = new Uint8Array(32).fill(1);
const sealed = (owner: string, text: string): string =>
  Buffer.from(seal(key, owner, new Secret(text))).toString('base64');
const holder = (secrets: Record<string, string>) => ({
  id: 'box',
  proxy_config: { rules: [{ name: 'r' }] },
  proxy_secrets: secrets,
});

it('a secret that is handed on is sealed for its new holder alone', () => {
  const { proxy_config, proxy_secrets } = handedOn(
    key,
    holder({ place: sealed('box place', 'value') }),
    'new',
  );
  expect(proxy_config).toEqual({ rules: [{ name: 'r' }] });
  const bytes = Buffer.from(proxy_secrets['place'] ?? '', 'base64');
  expect(unseal(key, 'new place', bytes)?.reveal()).toBe('value');
  expect(unseal(key, 'box place', bytes)).toBeUndefined();
});

it('one that another key sealed is not handed on', () => {
  const stored = holder({ place: sealed('box place', 'value') });
  expect(() => handedOn(new Uint8Array(32), stored, 'new')).toThrow('Give the proxy_config again.');
});

it('opaque values and variables are secrets; a rule alone is none', () => {
  expect(holdsSecrets(holder({}))).toBe(false);
  expect(holdsSecrets(holder({ place: 'x' }))).toBe(true);
  expect(
    holdsSecrets({ ...holder({}), proxy_config: { rules: [{ name: 'r', env_vars: { A: 'b' } }] } }),
  ).toBe(true);
  expect(holdsSecrets({ proxy_config: null, proxy_secrets: {} })).toBe(false);
});
