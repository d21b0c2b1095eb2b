import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** Of what has arrived. */
const partBytes = 64 * 1024;

/**
 * Connections of which undici takes a part at a time. By itself it takes all that has arrived and gives back what its
 * reader has no room for, once for each part of a chunked body: with a slow reader there is ever more to copy
 * (`lib/dispatcher/client-h1.js`, `readMore` and `execute`).
 */
export function inParts(connect: buildConnector.connector): buildConnector.connector {
  return (options, done) =>
    connect(options, (...outcome) => {
      if (outcome[1]) readInParts(outcome[1]);
      done(...outcome);
    });
}

function readInParts(socket: Socket): void {
  const read = socket.read.bind(socket);
  socket.read = (size) =>
    read(size ?? (socket.readableLength > partBytes ? partBytes : undefined)) as unknown;
}
