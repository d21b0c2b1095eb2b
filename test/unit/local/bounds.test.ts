import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { insertBox } from '../../../src/local/store/boxes';
import { insertSnapshot } from '../../../src/local/store/snapshots';
import { newBox, newSnapshot } from './fixture/rows';
import { apiKey, serverWith } from './fixture/server';

const shortMs = 40;

it('a request whose headers do not end is answered 408', async () => {
  const { connect } = await serverWith({ bounds: { headersMs: shortMs } });
  const socket = connect();
  socket.write('GET /v2/sandboxes/boxes HTTP/1.1\r\nHost: 127.0.0.1\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(answer).toContain('The request did not arrive in time. Send it again.');
});

it('a request whose body does not end is answered 408, and its connection closed', async () => {
  const { connect } = await serverWith({ bounds: { bodyMs: shortMs } });
  const socket = connect();
  const head = `POST /v2/sandboxes/boxes HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: ${apiKey}\r\n`;
  socket.write(`${head}Content-Length: 100\r\n\r\n{"name":`);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(answer).toContain('The body did not arrive in time.');
});

it('a WebSocket of a command without a first frame is told what to send, and closed', async () => {
  const { endpoint, lifecycle } = await serverWith({ bounds: { firstFrameMs: shortMs } });
  const snapshot = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const { id } = insertBox(lifecycle.database, newBox({ snapshot_id: snapshot.id }));
  const url = `${endpoint.replace('http', 'ws')}/v2/sandboxes/${id}/execute/ws`;
  const webSocket = new WebSocket(url, { headers: { 'X-Api-Key': apiKey } });
  const frames: unknown[] = [];
  webSocket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString())));
  const [code] = (await once(webSocket, 'close')) as [number];
  expect(frames).toMatchObject([
    {
      type: 'error',
      error: expect.stringContaining('Send execute or reconnect as the first frame') as string,
    },
  ]);
  expect(code).toBe(1008);
});

it('a connection too many is closed, which is logged once, and one that ends makes room', async () => {
  const { endpoint, connect, lines } = await serverWith({ bounds: { connections: 2 } });
  const [first, second] = [connect(), connect()];
  await Promise.all([once(first, 'connect'), once(second, 'connect')]);
  for (let count = 0; count < 3; count += 1) await once(connect(), 'close');
  expect(lines).toEqual(['2 connections are open: more are closed at once']);
  first.destroy();
  const ask = (): Promise<number> =>
    fetch(`${endpoint}/v2/sandboxes/boxes`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(ask).toBe(403);
});
