import { expect, it } from 'vitest';
import type { Box, BoxList, Snapshot } from '../../../src/api/types';
import { forgetLocalServer, startLocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { emptyServer } from './fixture/empty-server';
import { lineToEngine } from './fixture/engine-line';
import { gibibyte, sentence, unique, wireOf } from './fixture/wire';

it('while the engine is away the lists stay and say so, calls fail with that reason, and all is well again after', async () => {
  const line = await lineToEngine();
  const server = await startLocalServer({ engine: line.url });
  const wire = wireOf(server);
  const snapshot = await wire.build('away/base');
  const box = await wire.boot({ snapshot_id: snapshot.id });

  line.cut();
  const old = await until('the list to say that the engine is away', async () => {
    const { items } = await wire.expect<BoxList>(200, 'GET', '/boxes');
    return items?.[0]?.status_message ? items[0] : undefined;
  });
  expect(old).toMatchObject({ id: box.id, status: 'ready' });
  expect(old.status_message).toContain('The container engine does not answer');
  const refused = await wire.call('POST', `/boxes/${box.id}/stop`);
  expect([refused.status, sentence(refused)]).toEqual([503, expect.stringContaining('does not answer')]);
  const kept = await wire.call('DELETE', `/boxes/${box.id}`);
  expect(kept.status).toBe(503);
  const creation = await wire.call('POST', '/boxes', { snapshot_id: snapshot.id, wait_for_ready: true });
  expect([creation.status, creation.json]).toMatchObject([422, { detail: { error: 'Unschedulable' } }]);
  const request = { name: unique(), docker_image: 'a.example.com/b:1', fs_capacity_bytes: gibibyte };
  const failed = await wire.settled((await wire.expect<Snapshot>(201, 'POST', '/snapshots', request)).id);
  expect(failed.status_message).toContain('The container engine does not answer');

  await line.mend();
  await until('the sandbox to be ready again', async () => {
    const now = await wire.expect<Box>(200, 'GET', `/boxes/${box.id}`);
    return (now.status === 'ready' && now.status_message === null) || undefined;
  });
  expect((await wire.execute(box.id, 'echo up')).stdout).toBe('up\n');
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});
