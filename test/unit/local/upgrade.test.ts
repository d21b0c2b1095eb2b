import { once } from 'node:events';
import http, { type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { answerError } from '../../../src/local/error-reply';
import { Failure } from '../../../src/local/failure';
import { logRequests } from '../../../src/local/request-log';
import type { Router, RouterEnvironment } from '../../../src/local/router';
import { onPath, onWebSocket } from '../../../src/local/routes/methods';
import { routeUpgrades } from '../../../src/local/upgrade';
import { usualPulse } from '../../../src/local/pulse';
import { acceptWebSocket } from '../../../src/local/web-socket';
import { until } from '../../harness/until';

const lines: string[] = [];
const busy = { count: 0 };
const closing = new AbortController();
let server: Server;
let port: number;
let endUpgraded: () => void;

beforeAll(async () => {
  const router: Router = new Hono<RouterEnvironment>();
  const log = { info: (line: string) => void lines.push(line), error: () => undefined };
  router.use(logRequests(log, busy));
  onWebSocket(router, '/echo', async (context) => {
    const options = { mostMessageBytes: 100, closing: closing.signal, pulse: usualPulse };
    const webSocket = await acceptWebSocket(context, options);
    webSocket.on('message', (data) => webSocket.send(data, { binary: false }));
    webSocket.resume();
  });
  onWebSocket(router, '/refused', () => Promise.reject(new Failure(404, 'NotFound', 'There is nothing.')));
  onPath(router, '/plain', { POST: async (context) => context.text(await context.req.text()) });
  router.onError((error, context) => answerError(error, context, log));
  server = createAdaptorServer({ fetch: router.fetch, overrideGlobalObjects: false }) as Server;
  endUpgraded = routeUpgrades(server, router);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  endUpgraded();
  server.close();
  await once(server, 'close');
});

it('takes a WebSocket, counts it as busy until it ends, and logs it', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/echo`);
  await once(socket, 'open');
  expect(busy.count).toBe(1);
  socket.send('hello');
  expect(String(((await once(socket, 'message')) as [Buffer])[0])).toBe('hello');
  socket.close(1000);
  await once(socket, 'close');
  await until('nothing to be busy', () => (busy.count === 0 ? true : undefined));
  expect(lines.at(-1)).toMatch(/^GET \/echo 101 \d+ ms$/);
});

it('hears a message that comes right behind the handshake', async () => {
  const socket = net.connect(port, '127.0.0.1');
  const frame = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
  socket.write(Buffer.concat([Buffer.from(handshake('/echo')), frame]));
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  await until('the echo', () => (answer.endsWith('\r\n\r\n\x81\x02hi') ? true : undefined));
  socket.destroy();
});

it('closes one that sends too much with 1009', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/echo`);
  await once(socket, 'open');
  socket.send('x'.repeat(101));
  expect(((await once(socket, 'close')) as [number])[0]).toBe(1009);
});

it.each([
  ['/refused', handshake('/refused'), '404 Not Found', 'There is nothing.'],
  ['a bad handshake', handshake('/echo', 'Sec-WebSocket-Key: short'), '400 Bad Request', 'not the handshake'],
  ['a host that is none', handshake('/echo').replace('127.0.0.1', 'a b'), '400 Bad Request', ''],
])('answers %s over HTTP and closes', async (_, request, status, sentence) => {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(request);
  const answer = await text(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
  expect(answer).toContain(sentence);
});

it('says 426 to who asks for no WebSocket', async () => {
  const response = await fetch(`http://127.0.0.1:${port}/echo`);
  expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
});

it('goes on without an upgrade that is only offered, and gets the whole body', async () => {
  const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' };
  const request = http.request({
    port,
    host: '127.0.0.1',
    path: '/plain',
    method: 'POST',
    headers,
    agent: false,
  });
  request.end('x'.repeat(300_000));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect([response.statusCode, (await text(response)).length]).toEqual([200, 300_000]);
});

it('closes what is open with 1001 when the server stops', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/echo`);
  await once(socket, 'open');
  closing.abort();
  expect(((await once(socket, 'close')) as [number])[0]).toBe(1001);
});

function handshake(path: string, key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='): string {
  const own = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n`;
  return `${own}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n${key}\r\n\r\n`;
}
