import { describe, expect, it } from 'vitest';
import type { Box } from '../../../src/api/types';
import { detailsOf } from '../../../src/app/details';

const box: Box = {
  id: 'the-id',
  name: 'agent',
  status: 'ready',
  cpu_millicores: 500,
  idle_ttl_seconds: 600,
  labels: { team: 'x' },
  created_by: null,
};

describe('the details of a resource', () => {
  it('are grouped in an order that does not depend on the server’s', () => {
    expect(Object.entries(detailsOf(box))).toEqual([
      ['identity', { name: 'agent', id: 'the-id', labels: { team: 'x' }, created_by: null }],
      ['state', { status: 'ready' }],
      ['resources', { cpu_millicores: 500 }],
      ['lifetimes', { idle_ttl_seconds: 600 }],
    ]);
    expect(Object.keys(detailsOf(box)['identity']!)).toEqual(['name', 'id', 'labels', 'created_by']);
  });

  it('leave out nothing the server said, also what this version does not know', () => {
    expect(detailsOf({ ...box, of_tomorrow: [1] } as Box)['other']).toEqual({ of_tomorrow: [1] });
  });

  it('hide values that may be secret, and show their names', () => {
    const other = detailsOf({
      ...box,
      run_config: { user: 'me', env_vars: { OPENAI_KEY: 'sk-1', MODE: 'fast' } },
      proxy_config: {
        rules: [
          { name: 'api', match_hosts: ['x'], headers: [{ name: 'X-Key', type: 'plaintext', value: 'v-1' }] },
        ],
      },
      access_token: 't-1',
    } as unknown as Box)['other'];
    const text = JSON.stringify(other);
    for (const secret of ['sk-1', 'fast', 'v-1', 't-1']) expect(text).not.toContain(secret);
    expect(other).toMatchObject({
      run_config: { user: 'me', env_vars: { OPENAI_KEY: '[hidden]', MODE: '[hidden]' } },
      proxy_config: {
        rules: [{ name: 'api', match_hosts: ['x'], headers: [{ name: 'X-Key', value: '[hidden]' }] }],
      },
    });
  });
});
