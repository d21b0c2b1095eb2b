import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';

const connectLimitMs = 5_000;

/** Sends the body and gives the reply when it begins. The signal goes on to end both. Rejects with what Node says. */
export function replyTo(
  request: ClientRequest,
  body: string | Readable | undefined,
  silenceMs: number | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let reply: IncomingMessage | undefined;
    const end = (reason: Error): void => {
      reply?.destroy(reason);
      request.destroy(reason);
    };
    const abort = (): void => end(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    request.once('close', () => signal.removeEventListener('abort', abort));
    request.once('socket', (socket) => {
      limitConnecting(socket, end);
      if (silenceMs !== undefined) limitSilence(socket, request, silenceMs, () => reply, end);
    });
    request.on('error', reject);
    request.once('response', (begun) => {
      reply = begun;
      // Who reads it learns of its end there; one that nobody reads to its end must not end the process.
      begun.on('error', () => undefined);
      resolve(begun);
    });
    if (body === undefined || typeof body === 'string') request.end(body);
    else pipeline(body, request, (error) => error && (reply ? reply.destroy(error) : reject(error)));
  });
}

function limitConnecting(socket: Socket, end: (reason: Error) => void): void {
  if (!socket.connecting) return;
  const late = setTimeout(() => end(new Error('no connection in time')), connectLimitMs);
  const done = (): void => clearTimeout(late);
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', done).once('close', done);
}

/** While there is something to read, the silence is the reader's. */
function limitSilence(
  socket: Socket,
  request: ClientRequest,
  silenceMs: number,
  reply: () => IncomingMessage | undefined,
  end: (reason: Error) => void,
): void {
  const look = (): void => {
    const begun = reply();
    if (!begun) end(new Error('no reply in time'));
    else if (begun.readableLength === 0) end(new Error('the reply stopped'));
    else socket.setTimeout(silenceMs);
  };
  socket.setTimeout(silenceMs).on('timeout', look);
  request.once('close', () => socket.off('timeout', look));
}
