import { describe, expect, it } from 'vitest';
import { complaintsAbout, key, opaque, pool, rules, tags, tenant } from './fixture';

describe('a proxy_config is refused', () => {
  it.each([
    ['for a blank name', rules({ name: ' ' }), 'rules.0.name: '],
    [
      'for a header’s name with spaces',
      rules({ headers: [{ name: 'a b', ...opaque }] }),
      'rules.0.headers.0.name: ',
    ],
    [
      'for a header of two lines',
      rules({ headers: [{ name: 'a', type: 'opaque', value: 'a\nb' }] }),
      'no line breaks',
    ],
    [
      'for a missing value',
      rules({ headers: [{ name: 'a', type: 'plaintext' }] }),
      'value is required with the type plaintext',
    ],
    [
      'for a secret that is not named',
      rules({ headers: [{ name: 'a', type: 'workspace_secret', value: 'Bearer { }' }] }),
      '"Bearer {KEY}"',
    ],
    ['for a field of another kind', rules({ aws: key }), 'A rule without a type can not have aws'],
    [
      'for paths at a provider',
      rules({ type: 'aws', aws: key, match_paths: ['*'] }),
      'can not have match_paths',
    ],
    [
      'for hosts at Azure',
      rules({ type: 'azure', azure: tenant, match_hosts: ['a'] }),
      'can not have match_hosts',
    ],
    ['for a provider without credentials', rules({ type: 'gcp' }), 'needs gcp'],
    [
      'for a relay of no hosts',
      rules({ type: 'relay', relay_id: 'r', match_hosts: [] }),
      'needs match_hosts',
    ],
    [
      'for two rules of a provider',
      rules({ type: 'aws', aws: key }, { type: 'aws', aws: key }),
      'rules.1.type: ',
    ],
    ['for a key and a role', rules({ type: 'aws', aws: { ...key, role_arn: 'arn' } }), 'or else role_arn'],
    ['for half a key', rules({ type: 'aws', aws: { access_key_id: opaque } }), 'or else role_arn'],
    [
      'for tags of no role',
      rules({ type: 'aws', aws: { ...key, session_tags: tags(1) } }),
      'go with role_arn',
    ],
    ['for 51 tags', rules({ type: 'aws', aws: { role_arn: 'arn', session_tags: tags(51) } }), 'at most 50'],
    [
      'for a reserved tag',
      rules({ type: 'aws', aws: { role_arn: 'arn', session_tags: { 'aws:a': 'b' } } }),
      'reserved',
    ],
    [
      'for a scope of nothing',
      rules({ type: 'aws', aws: { role_arn: 'arn', subject_scope: 'all' } }),
      'subject_scope is',
    ],
    [
      'for a key and an identity',
      rules({ type: 'gcp', gcp: { service_account_json: opaque, workload_identity_provider: pool } }),
      'or else',
    ],
    [
      'for a provider that is no resource',
      rules({ type: 'gcp', gcp: { workload_identity_provider: 'pool' } }),
      'whole name',
    ],
    [
      'for two keys of an account',
      rules({ type: 'azure', azure: { storage_account: 's', account_key: opaque, sas_token: opaque } }),
      'one of account_key',
    ],
    [
      'for a tenant that is no GUID',
      rules({ type: 'azure', azure: { ...tenant, tenant_id: 't' } }),
      'must be a GUID',
    ],
    [
      'for resources of no tenant',
      rules({ type: 'azure', azure: { storage_account: 's', sas_token: opaque, resources: [] } }),
      'go with tenant_id',
    ],
    [
      'for credentials in the clear',
      rules({ type: 'azure', azure: { storage_account: 's', sas_token: { ...opaque, type: 'plaintext' } } }),
      'one of opaque, workspace_secret',
    ],
    ['for a destination of nowhere', rules({ rewrite: { port: 80 } }), 'host, or else sandbox'],
    [
      'for a destination that is a URL',
      rules({ rewrite: { port: 80, host: 'https://a' } }),
      'without a port',
    ],
    ['for a variable with =', rules({ env_vars: { 'A=B': '' } }), 'env_vars: '],
    [
      'for a lasting callback',
      { callbacks: [{ match_hosts: ['a'], url: 'https://a', ttl_seconds: 3601 }] },
      'at most 3600',
    ],
    [
      'for a callback to a file',
      { callbacks: [{ match_hosts: ['a'], url: 'file:///a', ttl_seconds: 60 }] },
      'absolute URL',
    ],
    [
      'for a field that is not known',
      rules({ match_host: ['a'] }),
      'rules.0 has what is not known here: match_host',
    ],
  ])('%s', (_, config, says) => {
    expect(complaintsAbout(config).join('\n')).toContain(says);
  });

  it('without ever saying a value', () => {
    const values = [
      { type: 'opaque', value: 424242 },
      { type: 'loud', value: 'hush424242' },
      { type: 'opaque', value: '424242\r\n' },
      { type: 'workspace_secret', value: '424242' },
    ];
    for (const value of values) {
      const complaints = complaintsAbout(rules({ headers: [{ name: 'a', ...value }] }));
      expect(complaints).toHaveLength(1);
      expect(complaints[0]).not.toContain('424242');
    }
    const aws = { access_key_id: 424242, secret_access_key: opaque };
    expect(complaintsAbout(rules({ type: 'aws', aws })).join()).toMatch(/^(?!.*424242).*must be an object/);
  });

  it('at once, however long it is', () => {
    const before = performance.now();
    for (const part of ['a', '/', '*', '{', '~(', 'a/*', ' ', '.', ':', '[']) {
      const value = part.repeat(128 * 1024);
      complaintsAbout(rules({ match_paths: [value], match_hosts: [value], match_headers: [value] }));
      complaintsAbout(rules({ headers: [{ name: value, type: 'workspace_secret', value }] }));
      complaintsAbout(rules({ type: 'gcp', gcp: { workload_identity_provider: `${pool}${value}` } }));
      complaintsAbout(rules({ type: 'aws', aws: { role_arn: value, session_tags: { [value]: value } } }));
    }
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
