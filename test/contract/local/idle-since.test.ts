import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Box, BoxList } from '../../../src/api/types';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../harness/local-server';
import { emptyServer } from './fixture/empty-server';
import { unique, wireOf, type Wire } from './fixture/wire';

let server: LocalServer;
let wire: Wire;
/** Not touched by any test that ran yet. */
let fresh: Box[];

const uses: [string, (id: string) => Promise<unknown>][] = [
  ['a command', (id) => wire.execute(id, 'true')],
  ['an upload', (id) => wire.upload(id, '/srv/file', 'x')],
  ['a download', async (id) => (await wire.download(id, '/etc/passwd')).text()],
  ['the head of a download', (id) => wire.call('HEAD', `/${id}/download?path=/etc/passwd`)],
  ['a glob', (id) => wire.expect(200, 'POST', `/${id}/glob`, { path: '/etc', pattern: '*' })],
  ['a grep', (id) => wire.expect(200, 'POST', `/${id}/grep`, { path: '/etc', pattern: 'root' })],
];

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
