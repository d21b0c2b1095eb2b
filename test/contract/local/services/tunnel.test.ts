import { once } from 'node:events';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Box } from '../../../../src/api/types';
import { flags, frameTypes, initialWindow } from '../../../../src/local/tunnel/frame';
import { until } from '../../../harness/until';
import { runningServer } from '../fixture/running-server';
import { echoPort, serviceBox } from './fixture/service-box';
import { openTunnel, type TunnelClient } from './fixture/tunnel-client';

const { data, windowUpdate, ping, goAway } = frameTypes;
const running = runningServer();
let box: Box;

beforeAll(async () => {
  box = await serviceBox(running.wire);
});

async function tunnel(name = box.id): Promise<TunnelClient> {
  const client = await openTunnel(running.server, name);
  onTestFinished(() => client.webSocket.terminate());
  return client;
}

it('carries a megabyte there and back, within the windows of both sides', async () => {
  const client = await tunnel(box.name);
  expect(await client.dial(1, echoPort)).toBe(0);
  const bytes = Buffer.alloc(1024 * 1024, 'abcdefg');
  const room = (): number =>
    client.headers
      .filter(({ type, streamId }) => type === windowUpdate && streamId === 1)
      .reduce((sum, { length }) => sum + length, initialWindow - 3);
  const back = (): number => client.received(1).length - 1;
  let sent = 0;
  let granted = 0;
  await until('every byte to be back', () => {
    for (let take = Math.min(room() - sent, bytes.length - sent); take > 0; take = 0) {
      client.send(data, 0, 1, take, bytes.subarray(sent, sent + take));
      sent += take;
    }
    expect(back() - granted, 'the server keeps to our window').toBeLessThanOrEqual(initialWindow);
    if (back() - granted > initialWindow / 2) {
      client.send(windowUpdate, 0, 1, back() - granted);
      granted = back();
    }
    return back() === bytes.length || undefined;
  });
  expect(client.received(1).subarray(1).equals(bytes)).toBe(true);
});

it('a service that is told the end answers, and ends too', async () => {
  const client = await tunnel();
  await client.dial(1, echoPort);
  client.send(data, flags.fin, 1, 3, Buffer.from('bye'));
  await until('the end of the stream', () => client.ended(1) || undefined);
  expect(String(client.received(1).subarray(1))).toBe('bye');
});

it('many streams go side by side', async () => {
  const client = await tunnel();
  const ids = Array.from({ length: 6 }, (_, at) => 2 * at + 1);
  expect(await Promise.all(ids.map((id) => client.dial(id, echoPort)))).toEqual(ids.map(() => 0));
  for (const id of ids) client.send(data, flags.fin, id, 2, Buffer.from(`${id}`.padStart(2)));
  await until('all ends', () => ids.every((id) => client.ended(id)) || undefined);
  expect(ids.map((id) => Number(client.received(id).subarray(1).toString()))).toEqual(ids);
});

it.each([
  ['port 0', 0, 1, 1],
  ['a port where nothing listens', 8999, 1, 2],
  ['an unknown version', echoPort, 2, 3],
])('%s is refused with a status', async (_, port, version, status) => {
  const client = await tunnel();
  expect(await client.dial(1, port, version)).toBe(status);
  await until('the end of the stream', () => client.ended(1) || undefined);
});

it('answers pings, and ends when the client goes away', async () => {
  const client = await tunnel();
  client.send(ping, flags.syn, 0, 4711);
  const answer = await until('the answer', () => client.headers.find(({ type }) => type === ping));
  expect(answer).toEqual({ type: ping, flags: flags.ack, streamId: 0, length: 4711 });
  client.send(goAway, 0, 0, 0);
  const [code] = (await once(client.webSocket, 'close')) as [number];
  expect(code).toBe(1000);
});

it.each([
  ['what is no frame', (client: TunnelClient) => client.webSocket.send('GET / HTTP/1.1\r\n')],
  ['a stream of its own numbers', (client: TunnelClient) => client.send(windowUpdate, flags.syn, 2, 0)],
  [
    'more than there is room for',
    (client: TunnelClient) =>
      client.send(data, flags.syn, 1, initialWindow + 1, Buffer.alloc(initialWindow + 1)),
  ],
])('a client that sends %s is told so and let go', async (_, misbehave) => {
  const client = await tunnel();
  misbehave(client);
  const [code, reason] = (await once(client.webSocket, 'close')) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([1002, expect.stringMatching(/^[A-Z].*\.$/)]);
  expect(client.headers.find(({ type }) => type === goAway)?.length).toBe(1);
});

it('is refused for a sandbox that is not there, and without a WebSocket', async () => {
  await expect(openTunnel(running.server, 'nobody')).rejects.toThrow('404');
  expect((await running.wire.call('GET', `/${box.id}/tunnel`)).status).toBe(426);
});
