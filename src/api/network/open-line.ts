import type { IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';
import { failureOfReply, type Call } from '../failure';
import { readStart } from '../reply-start';
import { Line, type LineLimits } from './line';
import type { Network, ProxyRoute } from './network';
import { connectThrough } from './through-proxy';

/** A message beyond this ends the line: no server that keeps to the wire sends one. */
const largestMessage = 16 * 1024 * 1024;

/**
 * Opens a WebSocket. Aborting `signal` ends the attempt, not the open line.
 * @throws {ApiError} the server refused, with its own sentence; other failures as Node.js throws them
 */
export function openLine(
  network: Network,
  call: Call & { url: string },
  { headers, signal, limits }: { headers: Record<string, string>; signal: AbortSignal; limits?: LineLimits },
): Promise<Line> {
  const target = new URL(call.url.replace(/^http/, 'ws'));
  const route = network.proxyFor(target);
  const socket = new WebSocket(target, {
    headers,
    maxPayload: largestMessage,
    perMessageDeflate: false,
    followRedirects: false,
    ca: target.protocol === 'wss:' ? network.trusted() : undefined,
    ...(route && { createConnection: proxied(route, target, signal) }),
  });
  return new Promise((resolve, reject) => {
    const settle = (): void => signal.removeEventListener('abort', stop);
    const stop = (): void => {
      reject(signal.reason as Error);
      socket.terminate();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    socket.on('error', (failure) => {
      settle();
      reject(failure);
    });
    socket.once('open', () => {
      settle();
      resolve(new Line(socket, limits));
    });
    socket.once('unexpected-response', (request, reply: IncomingMessage) => {
      readStart(reply)
        .then((text) => failureOfReply(call, reply.statusCode ?? 0, reply.headers, text))
        .then(reject, reject)
        .finally(() => {
          settle();
          request.destroy();
        });
    });
  });
}

type Connected = (failure: Error | null, socket?: unknown) => void;

/** Node.js takes the socket from the callback when none is returned; the types know the returned one alone. */
function proxied(route: ProxyRoute, target: URL, signal: AbortSignal): ClientOptions['createConnection'] {
  const connect = (_: unknown, done: Connected): void => {
    connectThrough(route, target, signal).then((socket) => done(null, socket), done);
  };
  return connect as unknown as ClientOptions['createConnection'];
}
