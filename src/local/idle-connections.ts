import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Gives the way to close every connection of a server that carries no request. Node's own `closeIdleConnections`
 * leaves those on which nothing was asked yet: browsers and HTTP clients open them ahead of need.
 */
export function idleConnections(server: Server): { close(): void } {
  const requests = new Map<Socket, number>();
  const count = (socket: Socket, by: number): void => {
    const before = requests.get(socket);
    if (before !== undefined) requests.set(socket, before + by);
  };
  server.on('connection', (socket) => {
    requests.set(socket, requests.get(socket) ?? 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, outgoing) => {
    count(socket, 1);
    outgoing.once('close', () => count(socket, -1));
  });
  // Whoever took it over has it to the end.
  server.on('upgrade', ({ socket }) => count(socket, 1));
  return {
    close: () => {
      for (const [socket, open] of requests) if (open === 0) socket.destroy();
    },
  };
}
