import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepProxyConfig, type Keeper } from '../../../../src/local/proxy/kept-config';
import { unseal } from '../../../../src/local/store/seal';
import { asked } from './fixture';

const sealKey = randomBytes(32);
const keeper = (stored: Keeper['stored'] = {}): Keeper => ({ sealKey, boxId: 'box', stored });
const opaque = (value?: string) => ({ type: 'opaque', value });
const header = (name: string, value?: string) => ({ name, ...opaque(value) });
const rule = (name: string, ...headers: object[]) => ({ name, enabled: false, headers });

/** All that was sealed, opened; by place. */
function opened(secrets: Record<string, string>): Record<string, string | undefined> {
  const open = (place: string, sealed: string): string | undefined =>
    unseal(sealKey, `box ${place}`, Buffer.from(sealed, 'base64'))?.reveal();
  return Object.fromEntries(Object.entries(secrets).map(([place, sealed]) => [place, open(place, sealed)]));
}

describe('what is kept of a proxy_config', () => {
  it('shows every opaque value as set, wherever it stands, and seals it', () => {
    const config = asked({
      description: 'd',
      no_proxy: ['a'],
      rules: [
        rule('r', header('X-Key', 'one'), { name: 'X-Plain', type: 'plaintext', value: 'open' }),
        { name: 'a', type: 'aws', aws: { access_key_id: opaque('two'), secret_access_key: opaque('three') } },
        { name: 'g', type: 'gcp', gcp: { service_account_json: opaque('four'), scopes: ['s'] } },
        { name: 'z', type: 'azure', azure: { storage_account: 's', sas_token: opaque('five') } },
      ],
    });
    const kept = keepProxyConfig(keeper(), config);
    const set = { type: 'opaque', is_set: true };
    expect(JSON.parse(JSON.stringify(kept.proxy_config))).toEqual({
      description: 'd',
      no_proxy: ['a'],
      rules: [
        {
          name: 'r',
          enabled: false,
          headers: [
            { name: 'X-Key', ...set },
            { name: 'X-Plain', type: 'plaintext', value: 'open' },
          ],
        },
        { name: 'a', type: 'aws', aws: { access_key_id: set, secret_access_key: set } },
        { name: 'g', type: 'gcp', gcp: { service_account_json: set, scopes: ['s'] } },
        { name: 'z', type: 'azure', azure: { storage_account: 's', sas_token: set } },
      ],
    });
    expect(Object.values(opened(kept.proxy_secrets))).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('has a value that was left out as it was, and no longer one whose place is gone', () => {
    const before = keepProxyConfig(
      keeper(),
      asked({
        rules: [
          rule('r', header('X-Key', 'old'), header('X-Other', 'other')),
          rule('gone', header('A', 'a')),
        ],
      }),
    );
    const change = {
      rules: [rule('first', header('B', 'b')), rule('r', header('X-Other', ''), header('x-key'))],
    };
    const after = keepProxyConfig(keeper(before.proxy_secrets), asked(change));
    expect(Object.values(opened(after.proxy_secrets)).toSorted()).toEqual(['b', 'old', 'other']);
  });

  it('tells equal names apart by their order', () => {
    const twice = (one?: string, two?: string) =>
      asked({ rules: [rule('r', header('A', one), header('A', two)), rule('r', header('A', 'three'))] });
    const before = keepProxyConfig(keeper(), twice('one', 'two'));
    const after = keepProxyConfig(keeper(before.proxy_secrets), twice(undefined, 'new'));
    expect(Object.values(opened(after.proxy_secrets))).toEqual(['one', 'new', 'three']);
  });

  it('lacks nothing: a value that is not there, or that another key sealed, is asked for', () => {
    const config = asked({ rules: [rule('r', header('A'))] });
    expect(() => keepProxyConfig(keeper(), config)).toThrow('none is stored');
    const elsewhere = { ...keeper(), sealKey: randomBytes(32) };
    const { proxy_secrets } = keepProxyConfig(elsewhere, asked({ rules: [rule('r', header('A', 'a'))] }));
    expect(() => keepProxyConfig(keeper(proxy_secrets), config)).toThrow('another key');
    expect(() => keepProxyConfig(keeper(), config)).toThrow(
      expect.objectContaining({
        status: 422,
        fields: [
          {
            loc: ['body', 'proxy_config', 'rules', 0, 'headers', 0, 'value'],
            msg: expect.any(String) as string,
          },
        ],
      }),
    );
  });
});
