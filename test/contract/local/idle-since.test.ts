import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Box, BoxList } from '../../../src/api/types';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../harness/local-server';
import { connect } from './commands/fixture/client';
import { emptyServer } from './fixture/empty-server';
import { unique, wireOf, type Wire } from './fixture/wire';
import { ask } from './services/fixture/request';
import { openTunnel } from './services/fixture/tunnel-client';

let server: LocalServer;
let wire: Wire;
/** Not touched by any test that ran yet. */
let fresh: Box[];

const uses: [string, (id: string) => Promise<unknown>][] = [
  ['a command', (id) => wire.execute(id, 'true')],
  ['a command over a WebSocket', async (id) => (await connect(server, id, run)).closed()],
  ['a command whose output comes as events', (id) => streamed(id)],
  ['an upload', (id) => wire.upload(id, '/srv/file', 'x')],
  ['a download', async (id) => (await wire.download(id, '/etc/passwd')).text()],
  ['the head of a download', (id) => wire.call('HEAD', `/${id}/download?path=/etc/passwd`)],
  ['a glob', (id) => wire.expect(200, 'POST', `/${id}/glob`, { path: '/etc', pattern: '*' })],
  ['a grep', (id) => wire.expect(200, 'POST', `/${id}/grep`, { path: '/etc', pattern: 'root' })],
  ['a download by a link', linked],
  ['a request to a service', served],
  ['a connection through a tunnel', dialled],
];

const run = { type: 'execute', command: 'true' };

async function streamed(id: string): Promise<void> {
  const url = `${server.endpoint}/v2/sandboxes/${id}/execute/stream/start`;
  const body = JSON.stringify({ command: 'true', command_id: 'a' });
  const reply = await fetch(url, { method: 'POST', headers: { 'X-Api-Key': server.apiKey }, body });
  expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining('exit')]);
}

async function linked(id: string): Promise<void> {
  const request = { path: '/etc/passwd' };
  const { download_url } = await wire.expect<{ download_url: string }>(
    200,
    'POST',
    `/boxes/${id}/download-url`,
    request,
  );
  expect((await ask(download_url)).status).toBe(200);
}

/** Nothing listens there, which the sandbox has to be asked for. */
async function served(id: string): Promise<void> {
  const url = `/boxes/${id}/service-url`;
  const { service_url, token } = await wire.expect<Record<string, string>>(200, 'POST', url, { port: 8000 });
  const reply = await ask(service_url ?? '', { 'X-Langsmith-Sandbox-Service-Token': token });
  expect(reply.status).toBe(502);
}

/** As above. */
async function dialled(id: string): Promise<void> {
  const tunnel = await openTunnel(server, id);
  expect(await tunnel.dial(1, 8000)).not.toBe(0);
  tunnel.webSocket.close();
}

/** A server writes down the first use of each sandbox at once, and those right after it later. */
beforeAll(async () => {
  const before = await startLocalServer();
  [server, wire] = [before, wireOf(before)];
  const { id } = await wireOf(before).build(unique());
  const boots = [...uses, 'none'].map(() => wireOf(before).boot({ snapshot_id: id }));
  fresh = await Promise.all(boots);
  await before.stop();
  server = await startLocalServer({ dataDir: before.dataDir });
  wire = wireOf(server);
});

afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});

/** With when it was used last, which nothing was asked about since. */
function nextBox(): { id: string; before: number } {
  const box = fresh.pop();
  if (!box) throw new Error('There are fewer sandboxes than tests.');
  return { id: box.id, before: Date.parse(box.idle_since ?? '') };
}

async function idleSince(id: string): Promise<number> {
  const { idle_since } = await wire.expect<Box>(200, 'GET', `/boxes/${id}`);
  return Date.parse(idle_since ?? '');
}

it.each(uses)('%s counts as a use of its sandbox', async (_, use) => {
  const { id, before } = nextBox();
  await use(id);
  await expect.poll(() => idleSince(id)).toBeGreaterThan(before);
});

it('asking how a sandbox is does not', async () => {
  const { id, before } = nextBox();
  await wire.expect(200, 'GET', `/boxes/${id}`);
  await wire.expect(200, 'GET', `/boxes/${id}/status`);
  await wire.expect<BoxList>(200, 'GET', '/boxes');
  await wire.expect(200, 'GET', `/boxes/${id}/service-urls`);
  expect(await idleSince(id)).toBe(before);
});
