import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { muxSession } from './session';

const closeCodes = { ended: 1000, 'protocol-error': 1002 } as const;
/** Unsent answers of a client that doesn't read: more than all streams may have under way. */
const mostUnsentBytes = 32 * 1024 * 1024;

/**
 * Speaks yamux over a WebSocket whose messages, of either kind, are pieces of one stream of bytes. `gone` ends it, with
 * its reason's message for the client.
 */
export function serveTunnel(webSocket: WebSocket, accept: (stream: Duplex) => void, gone: AbortSignal): void {
  const session = muxSession(
    {
      send: (bytes, sent) => {
        if (webSocket.bufferedAmount > mostUnsentBytes) webSocket.terminate();
        webSocket.send(bytes, { binary: true }, sent);
      },
      close: (outcome, reason) => webSocket.close(closeCodes[outcome], reason),
    },
    accept,
  );
  webSocket.on('message', (message) => session.receive(bytesOf(message)));
  const end = (): void => session.end((gone.reason as Error).message);
  gone.addEventListener('abort', end, { once: true });
  webSocket.once('close', () => {
    gone.removeEventListener('abort', end);
    session.lost();
  });
  if (gone.aborted) end();
  webSocket.resume();
}

function bytesOf(message: RawData): Buffer {
  if (Array.isArray(message)) return Buffer.concat(message);
  return Buffer.isBuffer(message) ? message : Buffer.from(message);
}
