import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { idleConnections } from '../../../src/local/idle-connections';
import { collected } from '../../harness/collected';

const server = createServer();
const idle = idleConnections(server);
let port: number;

beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

async function opened(): Promise<Socket> {
  const accepted = once(server, 'connection');
  const socket = connect(port, '127.0.0.1');
  await accepted;
  return socket;
}

it('a connection on which nothing was asked is closed', async () => {
  const socket = await opened();
  const closed = once(socket.resume(), 'close');
  idle.close();
  await closed;
});

it('one that waits for its answer gets it, and is closed thereafter', async () => {
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const socket = await opened();
  const heard = collected(socket);
  socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  const [, outgoing] = await asked;
  idle.close();
  const answered = once(outgoing, 'close');
  outgoing.end('whole');
  await answered;
  await heard.upTo('whole');
  const closed = once(socket, 'close');
  idle.close();
  await closed;
});

it('one that was taken over is left to its new owner', async () => {
  const taken = once(server, 'upgrade') as Promise<[IncomingMessage, Socket]>;
  const socket = await opened();
  socket.write('GET / HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [, theirs] = await taken;
  idle.close();
  expect(theirs.destroyed).toBe(false);
  theirs.end('bye');
  await once(socket.resume(), 'end');
});
