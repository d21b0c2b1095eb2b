import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Box } from '../../../../src/api/types';
import { testEnvironment } from '../../../harness/env';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../../harness/local-server';
import { until } from '../../../harness/until';
import { doorTo, type Door } from '../../engine/fixture/doors';
import { emptyServer } from '../fixture/empty-server';
import { wireOf, type Wire } from '../fixture/wire';
import { upgrade } from './fixture/request';
import { echoPort, serviceBox, servicePort } from './fixture/service-box';
import { openTunnel } from './fixture/tunnel-client';

// An engine whose machine this is not: nothing but its API is reached, by TCP.

let door: Door;
let server: LocalServer;
let wire: Wire;
let box: Box;
let service: { token: string; service_url: string };

beforeAll(async () => {
  door = await doorTo(testEnvironment().engine.replace('unix://', ''));
  server = await startLocalServer({ engine: `tcp://127.0.0.1:${door.port}` });
  wire = wireOf(server);
  box = await serviceBox(wire);
  service = await wire.expect(200, 'POST', `/boxes/${box.id}/service-url`, { port: servicePort });
});
afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
  await door.close();
});

it('a service answers at its URL', async () => {
  const headers = { 'X-Langsmith-Sandbox-Service-Token': service.token };
  const reply = await fetch(`${service.service_url}path`, { headers });
  expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining('GET /path HTTP/1.1')]);
});

it('a service keeps an upgraded connection both ways', async () => {
  const headers = { 'X-Langsmith-Sandbox-Service-Token': service.token };
  const line = (await upgrade(`${service.service_url}upgrade`, headers)) as Duplex;
  line.write('there and back');
  const [back] = (await once(line, 'data')) as [Buffer];
  expect(String(back)).toBe('there and back');
  line.destroy();
});

it('a tunnel carries bytes both ways, to any port', async () => {
  const client = await openTunnel(server, box.id);
  expect(await client.dial(1, echoPort)).toBe(0);
  client.send(0, 0, 1, 5, Buffer.from('bytes'));
  await until('the bytes', () => client.received(1).length === 6 || undefined);
  expect(String(client.received(1).subarray(1))).toBe('bytes');
  client.webSocket.terminate();
});

it('a file of some megabytes is the same there and back', async () => {
  const content = Buffer.alloc(5_000_000, 'every byte ');
  await wire.upload(box.id, '/srv/big', content);
  const back = Buffer.from(await (await wire.download(box.id, '/srv/big')).arrayBuffer());
  expect(back.equals(content)).toBe(true);
});
