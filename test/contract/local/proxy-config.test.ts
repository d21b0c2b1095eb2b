import { randomBytes } from 'node:crypto';
import { Langsmith } from 'langsmith';
import { awsAuth, opaqueSecret, proxyConfig, SandboxClient, workspaceSecret } from 'langsmith/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getBox, updateBox } from '../../../src/api/boxes';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import type { Box, BoxList } from '../../../src/api/types';
import { endLocalServer } from '../../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../../harness/local-server';
import { bytesOf, formsOf } from './fixture/kept-bytes';
import { sentence, unique, wireOf, type Wire } from './fixture/wire';

let server: LocalServer;
let wire: Wire;
let snapshotId: string;
let box: Box;

const token = `token-${randomBytes(12).toString('base64')}`;
const set = { type: 'opaque', is_set: true };
/** Stored, for the day that somebody enables it. */
const resting = (value?: string) => ({
  name: 'api',
  enabled: false,
  match_hosts: ['api.example.com'],
  headers: [{ name: 'Authorization', type: 'opaque', value }],
});
const variables = { name: 'variables', env_vars: { GH_TOKEN: 'dummy', OWN: 'rule' } };
const shown = {
  description: 'one resting rule, and one of variables',
  rules: [{ ...resting(), headers: [{ name: 'Authorization', ...set }] }, variables],
};
const given = { ...shown, rules: [resting(token), variables] };

const change = (proxy_config: unknown): Promise<Box> =>
  wire.expect<Box>(200, 'PATCH', `/boxes/${box.id}`, { proxy_config });
const read = async (): Promise<Box['proxy_config']> =>
  (await wire.expect<Box>(200, 'GET', `/boxes/${box.name}`)).proxy_config;

beforeAll(async () => {
  server = await startLocalServer();
  wire = wireOf(server);
  snapshotId = (await wire.build('proxied')).id;
  box = await wire.boot({ snapshot_id: snapshotId, env_vars: { OWN: 'sandbox' }, proxy_config: given });
});
afterAll(() => endLocalServer(server));

describe('a proxy_config', () => {
  it('is shown as it was given, with opaque values only as set', async () => {
    expect(box.proxy_config).toEqual(shown);
    expect(await read()).toEqual(shown);
    const { items } = await wire.expect<BoxList>(200, 'GET', '/boxes');
    expect(items?.map(({ proxy_config }) => proxy_config)).toEqual([shown]);
  });

  it('is null where none was given', async () => {
    const { proxy_config } = await wire.expect<Box>(201, 'POST', '/boxes', { snapshot_id: snapshotId });
    expect(proxy_config).toBeNull();
  });

  it('is replaced as a whole, and what a read gave can be sent back', async () => {
    await change({ rules: [{ name: 'other' }], no_proxy: ['a'] });
    expect(await read()).toEqual({ rules: [{ name: 'other' }], no_proxy: ['a'] });
    await change(given);
    expect((await change(await read())).proxy_config).toEqual(shown);
    expect(
      (await wire.expect<Box>(200, 'PATCH', `/boxes/${box.id}`, { proxy_config: null })).proxy_config,
    ).toEqual(shown);
  });

  it('gives the variables of enabled rules to later commands, below the sandbox’s own', async () => {
    const { stdout } = await wire.execute(box.id, 'echo $GH_TOKEN $OWN');
    expect(stdout).toBe('dummy sandbox\n');
    await change({ rules: [{ ...variables, enabled: false }] });
    expect((await wire.execute(box.id, 'echo $GH_TOKEN $OWN')).stdout).toBe('sandbox\n');
  });

  it('that needs a proxy is refused with the reason, and nothing comes of it', async () => {
    await change(given);
    const name = unique();
    const proxy_config = { rules: [{ ...resting(token), enabled: true }] };
    const created = await wire.call('POST', '/boxes', { snapshot_id: snapshotId, name, proxy_config });
    expect([created.status, sentence(created)]).toEqual([
      501,
      expect.stringContaining('secrets that it injects'),
    ]);
    expect((await wire.call('GET', `/boxes/${name}`)).status).toBe(404);
    const changes = { name, proxy_config: { access_control: { deny_list: ['a'] } } };
    const patched = await wire.call('PATCH', `/boxes/${box.id}`, changes);
    expect([patched.status, sentence(patched)]).toEqual([501, expect.stringContaining('every host')]);
    expect(await wire.expect<Box>(200, 'GET', `/boxes/${box.id}`)).toMatchObject({
      name: box.name,
      proxy_config: shown,
    });
  });
});

it('the official SDK sets one, and is told why one is refused', async () => {
  const options = { apiEndpoint: `${server.endpoint}/v2/sandboxes`, apiKey: server.apiKey, maxRetries: 0 };
  const client = new SandboxClient(options);
  const [accessKeyId, secretAccessKey] = [workspaceSecret('AWS_KEY'), opaqueSecret(token)];
  const rule = awsAuth({ accessKeyId, secretAccessKey, enabled: false });
  await client.updateSandbox(box.name, { proxyConfig: proxyConfig({ rules: [rule] }) });
  const generated = new Langsmith({ baseURL: server.endpoint, apiKey: server.apiKey });
  const { proxy_config } = await generated.sandboxes.boxes.retrieve(box.name);
  expect(proxy_config?.rules).toEqual([
    { ...rule, aws: { access_key_id: accessKeyId, secret_access_key: set } },
  ]);
  const refused = client.createSandbox(snapshotId, { proxyConfig: { rules: [{ ...rule, enabled: true }] } });
  await expect(refused).rejects.toThrow('enforces proxy_config.rules.0');
});

it('our client sets one, and reads it without its secrets', async () => {
  const transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  const headers = [{ name: 'A', type: 'opaque', value: token } as const];
  await updateBox(transport, box.id, {
    proxy_config: { rules: [{ name: 'ours', enabled: false, headers }] },
  });
  const { proxy_config } = await getBox(transport, box.id);
  expect(proxy_config?.rules?.[0]?.headers).toEqual([{ name: 'A', ...set }]);
  await transport.close();
});

it('it outlives the server, its secrets in no log and in no file, and goes with the sandbox', async () => {
  await change(given);
  const bad = { rules: [{ ...resting(token), enabled: 'no' }] };
  expect((await wire.call('PATCH', `/boxes/${box.id}`, { proxy_config: bad })).text).not.toContain(token);
  await server.stop();
  const [kept, log] = [await bytesOf(server.dataDir), server.stderr()];
  expect(kept.includes('api.example.com')).toBe(true);
  for (const form of formsOf(token))
    expect([kept.includes(form), log.includes(form)]).toEqual([false, false]);

  server = await startLocalServer({ dataDir: server.dataDir });
  wire = wireOf(server);
  expect(await read()).toEqual(shown);
  expect((await change(shown)).proxy_config).toEqual(shown);
  await wire.expect(204, 'DELETE', `/boxes/${box.id}`);
  const again = await wire.expect<Box>(201, 'POST', '/boxes', { snapshot_id: snapshotId, name: box.name });
  expect(again.proxy_config).toBeNull();
  const value = await wire.call('PATCH', `/boxes/${again.id}`, { proxy_config: shown });
  expect([value.status, sentence(value)]).toEqual([422, expect.stringContaining('none is stored')]);
});
