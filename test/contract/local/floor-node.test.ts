import { execFileSync } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { endLocalServer } from '../../harness/end-local-server';
import { testFloorNode } from '../../harness/env';
import { startLocalServer } from '../../harness/local-server';
import { unique, wireOf } from './fixture/wire';

const node = testFloorNode();
const name = `floor-${unique()}`;
let server = await startLocalServer({ node });
afterAll(() => endLocalServer(server));

it('the main job is done on the Node of the oldest editor we support', async () => {
  expect(execFileSync(node, ['--version']).toString()).toMatch(/^v22\./);
  const wire = wireOf(server);
  const { id } = await wire.build(name);
  await wire.settled(id);
  await wire.boot({ name, snapshot_id: id });
  expect(await wire.execute(name, 'echo kept > /root/file; cat /root/file')).toMatchObject({
    stdout: 'kept\n',
  });
  await wire.expect(204, 'POST', `/boxes/${name}/stop`);
});

it('and what it wrote is found by the next one after a crash', async () => {
  const { dataDir, apiKey } = server;
  await server.kill9();
  server = await startLocalServer({ node, dataDir, apiKey });
  expect(await wireOf(server).execute(name, 'cat /root/file')).toMatchObject({ stdout: 'kept\n' });
});
