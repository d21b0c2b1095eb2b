import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answerUnreadable } from './malformed-request';
import type { Router } from './router';

/** A connection that asks to become a WebSocket. Whoever takes it sets `isTaken` and owns it from then on. */
export interface Upgrade {
  socket: Socket;
  /** What came right behind the request. */
  head: Buffer;
  isTaken: boolean;
}

/**
 * Sends requests for WebSockets through the router like all others, with `Upgrade` in their bindings. What the router
 * answers without taking the connection goes out as plain HTTP. Gives the way to end the connections that were taken.
 */
export function routeUpgrades(server: Server, router: Router): () => void {
  const sockets = new Set<Socket>();
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => undefined); // its close tells it
    if (!asksForWebSocket(incoming)) {
      serveWithout(server, incoming, socket, head);
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void route(router, incoming, { socket, head, isTaken: false });
  });
  return () => sockets.forEach((socket) => socket.destroy());
}

function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** Any other upgrade is an offer, which a server may pass over: RFC 9110, 7.8. Some clients offer HTTP/2 so. */
function serveWithout(server: Server, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
  const lines = [`${incoming.method} ${incoming.url} HTTP/${incoming.httpVersion}`];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    const name = incoming.rawHeaders[at] ?? '';
    if (!/^(?:connection|upgrade|http2-settings)$/i.test(name))
      lines.push(`${name}: ${incoming.rawHeaders[at + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

async function route(router: Router, incoming: IncomingMessage, upgrade: Upgrade): Promise<void> {
  const { socket } = upgrade;
  const outgoing = new ServerResponse(incoming);
  outgoing.assignSocket(socket);
  outgoing.shouldKeepAlive = false;
  outgoing.once('finish', () => socket.destroySoon());
  try {
    const request = requestOf(incoming, socket);
    const response = request
      ? await router.fetch(request, { incoming, outgoing, upgrade })
      : answerUnreadable();
    if (!upgrade.isTaken) await answer(outgoing, response);
  } catch {
    socket.destroy(); // the caller went away while it was answered
  }
}

/** Undefined when the Host is none, or names a user. */
function requestOf({ headers, url }: IncomingMessage, socket: Socket): Request | undefined {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  const own = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
  try {
    return new Request(`http://${headers.host}${url}`, { headers: own, signal: gone.signal });
  } catch {
    return undefined;
  }
}

async function answer(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(Readable.fromWeb(response.body), outgoing);
  else outgoing.end();
}
