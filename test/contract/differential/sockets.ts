import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';

/** What is told of a WebSocket that is passed on. */
export interface Overheard {
  /** The upgrade was answered so; 101 opens it. */
  answered: (status: number) => void;
  /** A text of the client, before it goes on. */
  said: (text: string) => void;
}

/** A close without a code, and a line that broke; neither can be sent (RFC 6455, 7.4.1). */
const closeCodes = { none: 1005, broken: 1006 };
/** Each of both lines makes its own of these. */
const ofOneLine = /^(?:connection|upgrade|sec-websocket-.*)$/;

/** Passes a WebSocket on to `target`: messages, pings and pongs of both directions, and how either ends. */
export function passSocket(
  target: string,
  from: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { answered, said }: Overheard,
): void {
  const headers = Object.fromEntries(Object.entries(from.headers).filter(([name]) => !ofOneLine.test(name)));
  const protocols = from.headers['sec-websocket-protocol']?.split(/\s*,\s*/);
  const url = new URL(from.url ?? '', target.replace(/^http/, 'ws'));
  const server = new WebSocket(url, protocols, { headers, perMessageDeflate: false, autoPong: false });
  const leave = (): void => server.terminate();
  socket.on('error', leave).on('close', leave);
  server.on('error', () => socket.destroy());
  server.once('unexpected-response', (_, reply) => {
    answered(reply.statusCode ?? 0);
    refuse(reply, socket).catch(() => socket.destroy());
  });
  server.once('open', () => {
    answered(101);
    const handleProtocols = (): string | false => server.protocol || false;
    const door = new WebSocketServer({ noServer: true, autoPong: false, handleProtocols });
    door.handleUpgrade(from, socket, head, (client) => {
      socket.off('close', leave);
      client.on('message', (data, isBinary) => {
        if (!isBinary) said((data as Buffer).toString());
      });
      client.on('error', () => undefined); // its close tells it
      pass(client, server);
      pass(server, client);
    });
  });
}

function pass(from: WebSocket, to: WebSocket): void {
  const ignore = (): void => undefined; // the close of a line tells that it is gone
  from.on('message', (data, isBinary) => to.send(data as Buffer, { binary: isBinary }, ignore));
  from.on('ping', (data) => to.ping(data, undefined, ignore));
  from.on('pong', (data) => to.pong(data, undefined, ignore));
  from.on('close', (code, reason) => {
    if (code === closeCodes.broken) to.terminate();
    else if (code === closeCodes.none) to.close();
    else to.close(code, reason);
  });
}

/** The answer as it came, but its body in one piece. */
async function refuse(reply: IncomingMessage, socket: Duplex): Promise<void> {
  const body = await buffer(reply);
  const own = { 'transfer-encoding': undefined, 'content-length': `${body.length}`, connection: 'close' };
  const all = Object.entries({ ...reply.headers, ...own });
  const lines = all.flatMap(([name, value = []]) => [value].flat().map((each) => `${name}: ${each}\r\n`));
  const { statusCode = 0, statusMessage = STATUS_CODES[statusCode] } = reply;
  socket.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`);
  socket.end(body);
}
