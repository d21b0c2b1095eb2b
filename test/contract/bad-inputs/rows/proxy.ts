import { long, refused, type Row } from './row';

const proxied = (proxy_config: unknown) => ({ snapshot_id: '{snapshot}', proxy_config });
const rule = (fields: object) => proxied({ rules: [{ name: 'r', match_hosts: ['a.example'], ...fields }] });
const create = 'POST /boxes';
const change = 'PATCH /boxes/{box}';
const patched = (fields: object) => ({
  proxy_config: proxied({ rules: [{ name: 'r', ...fields }] }).proxy_config,
});
const opaque = { name: 'Authorization', type: 'opaque' };
const callback = { match_hosts: ['a'], url: 'https://a.example', ttl_seconds: 60 };
// prettier-ignore -- one row a line
export const proxyRows: Row[] = [
  ['a list as proxy_config', create, proxied([]), refused, /proxy_config/],
  [
    'both lists of hosts',
    create,
    proxied({ access_control: { allow_list: ['a'], deny_list: ['b'] } }),
    refused,
    /allow_list/,
  ],
  ['a rule without a name', create, proxied({ rules: [{ match_hosts: ['a'] }] }), refused, /name/],
  ['a rule of an unknown kind', create, rule({ type: 'magic' }), refused, /type|magic/],
  [
    'a secret of an unknown kind',
    create,
    rule({ headers: [{ name: 'A', type: 'loud', value: 'b' }] }),
    refused,
    /type/,
  ],
  [
    'a header with a line break',
    create,
    rule({ headers: [{ name: 'A\r\nB', type: 'plaintext', value: 'c' }] }),
    refused,
    /name|header/,
  ],
  [
    'a secret header that nobody could keep',
    create,
    rule({ headers: [{ name: 'A', type: 'opaque', value: 'b' }] }),
    [400, 422, 501],
    /secret|proxy|inject/i,
  ],
  [
    'a callback that asks too often',
    create,
    proxied({ callbacks: [{ match_hosts: ['a'], url: 'https://a.example', ttl_seconds: 59 }] }),
    refused,
    /60|ttl_seconds/,
  ],
  [
    'a callback without hosts',
    create,
    proxied({ callbacks: [{ match_hosts: [], url: 'https://a.example', ttl_seconds: 60 }] }),
    refused,
    /match_hosts/,
  ],
  [
    'a pattern that is no expression',
    create,
    proxied({ access_control: { allow_list: ['~('] } }),
    refused,
    /allow_list|pattern|expression/,
  ],
  ['a description of 1025 characters', create, proxied({ description: long(1025) }), refused, /1024/],
  [
    'a misspelt list of hosts',
    create,
    proxied({ acces_control: { allow_list: ['a'] } }),
    refused,
    /acces_control/,
  ],
  ['an unknown field in a rule', create, rule({ block: true }), refused, /block/],
  [
    'a number as a secret',
    create,
    rule({ enabled: false, headers: [{ ...opaque, value: 31337 }] }),
    refused,
    /^(?!.*31337).*text/,
  ],
  ['a secret of nothing', create, rule({ enabled: false, headers: [opaque] }), refused, /value/],
  [
    'a value in the clear for AWS',
    create,
    rule({
      type: 'aws',
      aws: { access_key_id: { type: 'plaintext', value: 'a' }, secret_access_key: opaque },
    }),
    refused,
    /type/,
  ],
  ['a relay that is not named', create, rule({ type: 'relay' }), refused, /relay_id/],
  [
    'two destinations',
    create,
    rule({ rewrite: { port: 443, host: 'a.example', sandbox: 'b' } }),
    refused,
    /rewrite/,
  ],
  [
    'a port beyond all ports',
    create,
    rule({ rewrite: { port: 65536, host: 'a.example' } }),
    refused,
    /65535/,
  ],
  ['a star in the middle of a path', create, rule({ match_paths: ['/a/*/b'] }), refused, /match_paths/],
  ['a header to match in capitals', create, rule({ match_headers: ['Accept: a'] }), refused, /lowercase/],
  [
    'a secret of the workspace for a callback',
    create,
    proxied({
      callbacks: [{ ...callback, request_headers: [{ name: 'A', type: 'workspace_secret', value: '{K}' }] }],
    }),
    refused,
    /type/,
  ],
  [
    'hosts to keep away from, which nobody would',
    create,
    proxied({ access_control: { deny_list: ['a'] } }),
    501,
    /every host/,
  ],
  [
    'hosts to allow, which are none',
    create,
    proxied({ access_control: { allow_list: [] } }),
    501,
    /every host/,
  ],
  ['a callback that nobody would call', create, proxied({ callbacks: [callback] }), 501, /callbacks/],
  [
    'a rewrite that nobody would do',
    change,
    patched({ rewrite: { port: 443, host: 'a.example' } }),
    501,
    /rules\.0/,
  ],
  [
    'a secret that nobody would inject',
    change,
    patched({ headers: [{ ...opaque, value: 'hush' }] }),
    501,
    /^(?!.*hush).*inject/,
  ],
  [
    'a secret that was never stored',
    change,
    patched({ enabled: false, headers: [{ ...opaque, is_set: true }] }),
    refused,
    /value/,
  ],
  ['rules of a sandbox that is not there', 'PATCH /boxes/{unknown}', { proxy_config: {} }, 404, /sandbox/],
];
