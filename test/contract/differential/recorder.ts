import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { until } from '../../harness/until';
import { passSocket } from './sockets';

/** One request as it was sent, and how it was answered; or one text that a client sent over a WebSocket. */
export interface Recorded {
  /** `SEND` for a text. */
  method: string;
  /** With its query, below the wire's prefix. */
  path: string;
  /** Of JSON its text, else its media type; empty without a body. */
  body: string;
  /** 101 for a WebSocket. */
  status: number;
  /** Of a text: which WebSocket it was sent over. */
  socket?: number;
}

/** Stands between a client and a server, changes nothing but the server's own address, and notes what is asked. */
export interface Recorder {
  readonly endpoint: string;
  readonly recorded: Recorded[];
  /** Breaks each WebSocket. Resolves when a text was sent over another one. */
  breakSockets(): Promise<void>;
  close(): Promise<void>;
}

const prefix = /^(?:\/api(?:\/v1)?)?\/v2\/sandboxes/;

export async function startRecorder(target: string): Promise<Recorder> {
  const recorded: Recorded[] = [];
  const upgraded = new Set<Duplex>();
  let sockets = 0;
  const note = (url: string, { method, body, status, socket }: Omit<Recorded, 'path'>): void => {
    if (prefix.test(url)) recorded.push({ method, path: url.replace(prefix, ''), body, status, socket });
  };

  const breakAll = (): void => {
    for (const line of upgraded) line.destroy();
  };

  const server = createServer((from, to) => {
    const { method = '', url = '' } = from;
    const pass = async (): Promise<void> => {
      const sent = await buffer(from);
      const reply = await answer(target, from, sent);
      note(url, { method, body: bodyOf(from, sent), status: reply.statusCode ?? 0 });
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
  server.on('upgrade', (from: IncomingMessage, line: Duplex, head: Buffer) => {
    const { method = '', url = '' } = from;
    const socket = ++sockets;
    upgraded.add(line);
    line.once('close', () => upgraded.delete(line));
    passSocket(target, from, line, head, {
      answered: (status) => note(url, { method, body: '', status }),
      said: (body) => {
        note(url, { method: 'SEND', body, status: 101, socket });
      },
    });
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    recorded,
    breakSockets: async () => {
      const broken = sockets;
      breakAll();
      const isLater = ({ socket = 0 }: Recorded): boolean => socket > broken;
      await until('a text over another WebSocket', () => recorded.some(isLater) || undefined, 20_000);
    },
    close: () => {
      server.closeAllConnections();
      breakAll();
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
