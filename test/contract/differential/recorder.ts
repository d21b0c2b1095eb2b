import { createServer, request as ask, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';

/** One request as it was sent, and how it was answered. */
export interface Recorded {
  method: string;
  /** With its query, below the wire's prefix. */
  path: string;
  /** Of JSON its text, else its media type; empty without a body. */
  body: string;
  status: number;
}

/** Stands between a client and a server, changes nothing but the server's own address, and notes what is asked. */
export interface Recorder {
  readonly endpoint: string;
  readonly recorded: Recorded[];
  close(): Promise<void>;
}

const prefix = /^(?:\/api(?:\/v1)?)?\/v2\/sandboxes/;

export async function startRecorder(target: string): Promise<Recorder> {
  const recorded: Recorded[] = [];
  const upgraded = new Set<Duplex>();
  const note = ({ method = '', url = '' }: IncomingMessage, body: string, status: number): void => {
    if (prefix.test(url)) recorded.push({ method, path: url.replace(prefix, ''), body, status });
  };

  const server = createServer((from, to) => {
    const pass = async (): Promise<void> => {
      const sent = await buffer(from);
      const reply = await answer(target, from, sent);
      note(from, bodyOf(from, sent), reply.statusCode ?? 0);
      if (isJson(reply) && from.method !== 'HEAD') {
        const body = (await text(reply)).replaceAll(target, endpoint);
        to.writeHead(reply.statusCode!, { ...reply.headers, 'content-length': Buffer.byteLength(body) });
        to.end(body);
      } else {
        to.writeHead(reply.statusCode!, reply.headers);
        reply.pipe(to);
      }
    };
    pass().catch(() => to.destroy());
  });
  server.on('upgrade', (from: IncomingMessage, socket, head: Buffer) => {
    const { hostname, port } = new URL(target);
    upgraded.add(socket);
    const on = connect(Number(port), hostname, () => {
      const lines = from.rawHeaders.map((part, at) => (at % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('');
      on.write(`${from.method} ${from.url} HTTP/1.1\r\n${lines}\r\n`);
      on.write(head);
      on.pipe(socket).pipe(on);
    });
    on.once('data', (first: Buffer) => note(from, '', Number(first.toString('latin1', 9, 12))));
    on.on('error', () => socket.destroy());
    socket.on('error', () => on.destroy());
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    recorded,
    close: () => {
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(
  target: string,
  { method, url, headers }: IncomingMessage,
  sent: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const on = ask(`${target}${url}`, { method, headers, agent: false }, resolve);
    on.on('error', reject).end(sent);
  });
}

function bodyOf(from: IncomingMessage, sent: Buffer): string {
  if (sent.length === 0) return '';
  return isJson(from) ? sent.toString() : (from.headers['content-type'] ?? '').split(';')[0]!;
}

function isJson({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/json') ?? false;
}
