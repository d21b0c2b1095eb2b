import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Tunnel } from './tunnel';

export interface Forwarding extends AsyncDisposable {
  /** On this machine. */
  readonly port: number;
}

export interface ForwardOptions {
  /** On this machine; any free one unless told. */
  localPort?: number;
  /** Ends it, as disposing does. */
  signal?: AbortSignal;
  /** Called when a connection could not be made or broke; the others go on. */
  onFailure?: (failure: unknown) => void;
}

/** Listens on 127.0.0.1 and leads each connection to a port in the sandbox. The tunnel stays its caller's. */
export async function forwardPort(
  tunnel: Tunnel,
  port: number,
  { localPort = 0, signal, onFailure }: ForwardOptions = {},
): Promise<Forwarding> {
  const sockets = new Set<Socket>();
  const ending = new AbortController();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    tunnel.connect(port, { signal: ending.signal }).then(
      (stream) => {
        pipeline(socket, stream, socket, (failure) => {
          if (failure && !ending.signal.aborted) onFailure?.(failure);
        });
      },
      (failure: unknown) => {
        socket.destroy();
        if (!ending.signal.aborted) onFailure?.(failure);
      },
    );
  });
  server.listen(localPort, '127.0.0.1');
  await once(server, 'listening', { signal });
  const end = (): void => {
    ending.abort();
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  signal?.addEventListener('abort', end, { once: true });
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      signal?.removeEventListener('abort', end);
      const closed = once(server, 'close');
      end();
      await closed;
    },
  };
}
