import { expect, it } from 'vitest';
import { refuseUnenforced } from '../../../../src/local/proxy/unenforced';
import { asked } from './fixture';

const header = { name: 'A', type: 'opaque', value: 'hush' };
const aws = { type: 'aws', aws: { role_arn: 'arn' } };
const rules = (...all: object[]) => ({ rules: all.map((rule) => ({ name: 'r', ...rule })) });

it.each([
  ['nothing', {}],
  [
    'empty lists',
    { rules: [], callbacks: [], access_control: { allow_list: [], deny_list: [] }, no_proxy: [] },
  ],
  ['hosts that no proxy is for', { no_proxy: ['a'] }],
  ['a list that denies nothing', { access_control: { deny_list: [] } }],
  ['a rule with variables alone', rules({ match_hosts: ['a'], headers: [], env_vars: { A: 'b' } })],
  ['rules that are not enabled', rules({ enabled: false, headers: [header] }, { enabled: false, ...aws })],
])('%s asks for no proxy', (_, config) => {
  expect(() => refuseUnenforced(asked(config))).not.toThrow();
});

it.each([
  ['hosts to allow', { access_control: { allow_list: ['a'] } }, 'access_control'],
  ['no host to allow', { access_control: { allow_list: [] } }, 'access_control'],
  ['hosts to deny', { access_control: { deny_list: ['a'] } }, 'access_control'],
  ['a callback', { callbacks: [{ match_hosts: ['a'], url: 'https://a', ttl_seconds: 60 }] }, 'callbacks'],
  ['a secret', rules({}, { headers: [header] }), 'rules.1'],
  ['a header in the clear', rules({ headers: [{ name: 'A', type: 'plaintext', value: 'hush' }] }), 'rules.0'],
  ['an enabled provider', rules({ enabled: true, ...aws }), 'credentials of aws'],
  ['a relay', rules({ type: 'relay', relay_id: 'r', match_hosts: ['a'] }), 'relay'],
  ['a rewrite', rules({ rewrite: { port: 443, host: 'a' } }), 'hosts that they name'],
])('%s is refused with the reason', (_, config, says) => {
  expect(() => refuseUnenforced(asked(config))).toThrow(
    expect.objectContaining({ status: 501, message: expect.stringContaining(says) as string }),
  );
  expect(() => refuseUnenforced(asked(config))).not.toThrow('hush');
});
