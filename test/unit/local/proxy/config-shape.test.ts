import { describe, expect, it } from 'vitest';
import { complaintsAbout, key, opaque, pool, rules, tags, tenant } from './fixture';

describe('a proxy_config is taken', () => {
  it.each([
    ['with nothing', {}],
    ['with nulls', { rules: null, callbacks: null, access_control: null, description: null, no_proxy: null }],
    ['with a rule of a name alone', rules({})],
    [
      'with each kind of header',
      rules({
        match_hosts: ['api.example.com', '*.example.com'],
        match_paths: ['*', '/v1/runs', '/v1/*', '/v1/**', '/*', '*/runs'],
        match_headers: ['authorization: Bearer account-b'],
        headers: [
          { name: 'X-Plain', type: 'plaintext', value: '' },
          { name: 'X-Opaque', type: 'opaque', value: 'hush' },
          { name: 'X-Kept', type: 'opaque', is_set: true },
          { name: 'Authorization', type: 'workspace_secret', value: 'Bearer {KEY}' },
        ],
      }),
    ],
    ['with a rewrite', rules({ rewrite: { port: 8080, sandbox: 'other', credentials: 'redact' } })],
    ['with keys for AWS', rules({ type: 'aws', aws: { ...key, role_arn: '' } })],
    [
      'with a role for AWS',
      rules({ type: 'aws', aws: { role_arn: 'arn', session_tags: tags(50), subject_scope: 'tag:1' } }),
    ],
    [
      'with a key for GCP',
      rules({ type: 'gcp', gcp: { service_account_json: { ...opaque, value: '{\n}' }, scopes: ['s'] } }),
    ],
    [
      'with an identity for GCP',
      rules({ type: 'gcp', gcp: { workload_identity_provider: pool, service_account_email: 'a@b' } }),
    ],
    ['with a key for Azure', rules({ type: 'azure', azure: { storage_account: 's', account_key: opaque } })],
    [
      'with an identity for Azure',
      rules({ type: 'azure', azure: { ...tenant, resources: ['https://vault.azure.net'] } }),
    ],
    [
      'with relays',
      rules(
        { type: 'relay', relay_id: 'r', match_hosts: ['10.0.0.0/8'] },
        { type: 'relay', relay_id: 'r', match_hosts: ['a'] },
      ),
    ],
    ['with one rule for each provider', rules({ type: 'aws', aws: key }, { type: 'azure', azure: tenant })],
    [
      'with a callback',
      {
        callbacks: [
          { match_hosts: ['a'], url: 'https://a.example/x', ttl_seconds: 3600, full_request: true },
        ],
      },
    ],
    ['with one list of two', { access_control: { allow_list: ['a:22'], deny_list: [] } }],
  ])('%s', (_, config) => {
    expect(complaintsAbout(config)).toEqual([]);
  });
});
