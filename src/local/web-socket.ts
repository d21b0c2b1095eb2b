import type { Context } from 'hono';
import { WebSocketServer, type WebSocket } from 'ws';
import { Failure, invalidRequest } from './failure';
import type { Pulse } from './pulse';
import type { RouterEnvironment } from './router';
import type { Upgrade } from './upgrade';

/** RFC 6455, 7.4.1: the endpoint goes away. */
const goingAway = 1001;

/** Of what the library refuses by itself, for which it calls `close` with a code only: RFC 6455, 7.4.1. */
const reasonOf = (code: number | undefined, mostBytes: number): string | undefined =>
  ({
    1002: 'These frames break the protocol of WebSockets, RFC 6455. Mend them and connect again.',
    1007: 'A text was not valid UTF-8. Encode it so and connect again.',
    1008: 'A message came in too many pieces. Send it in fewer.',
    1009: `A message was too long. Send at most ${mostBytes} bytes in one.`,
  })[code ?? 0];

export interface WebSocketOptions {
  /** A message beyond that closes the connection with 1009. */
  mostMessageBytes: number;
  /** Aborts when the server stops: the connection is then closed with 1001. */
  closing: AbortSignal;
  pulse: Pick<Pulse, 'pingMs'>;
}

/**
 * Makes the request's connection a WebSocket. To be called when all else about the request is known to be right: errors
 * are answered as HTTP until then. Throws Failure: 426 for a request that asks for none, 400 for a bad handshake.
 * It is paused, so that no message comes before the caller listens: `resume()` it then.
 */
export async function acceptWebSocket(
  context: Context<RouterEnvironment>,
  { mostMessageBytes, closing, pulse }: WebSocketOptions,
): Promise<WebSocket> {
  const { incoming } = context.env;
  const upgrade = requireUpgrade(context);
  const door = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: mostMessageBytes });
  const webSocket = await new Promise<WebSocket>((resolve, reject) => {
    door.once('wsClientError', ({ message }) =>
      reject(invalidRequest(`This is not the handshake of a WebSocket: ${message}.`)),
    );
    door.handleUpgrade(incoming, upgrade.socket, upgrade.head, (accepted) => {
      accepted.pause();
      upgrade.isTaken = true;
      resolve(accepted);
    });
  });
  webSocket.on('error', () => undefined); // its close tells it
  explainClosing(webSocket, mostMessageBytes);
  closeWith(webSocket, closing);
  endWhenSilent(webSocket, pulse.pingMs);
  return webSocket;
}

/** For handlers that take the connection themselves. Throws Failure 426. */
export function requireUpgrade(context: Context<RouterEnvironment>): Upgrade {
  if (context.env.upgrade) return context.env.upgrade;
  context.header('Upgrade', 'websocket');
  throw new Failure(426, 'UpgradeRequired', 'Open this path as a WebSocket.');
}

function explainClosing(webSocket: WebSocket, mostMessageBytes: number): void {
  const close = webSocket.close.bind(webSocket);
  webSocket.close = (code, reason) => close(code, reason ?? reasonOf(code, mostMessageBytes));
}

function closeWith(webSocket: WebSocket, closing: AbortSignal): void {
  const close = (): void => webSocket.close(goingAway, 'The local server stops.');
  closing.addEventListener('abort', close, { once: true });
  webSocket.once('close', () => closing.removeEventListener('abort', close));
  if (closing.aborted) close();
}

function endWhenSilent(webSocket: WebSocket, pingMs: number): void {
  let isAlive = true;
  let due = performance.now() + pingMs;
  const timer = setInterval(() => {
    const isLate = performance.now() - due > pingMs / 2; // then its answer may wait behind us
    due = performance.now() + pingMs;
    if (!isAlive && !isLate) webSocket.terminate();
    isAlive = webSocket.isPaused; // then its answer may be waiting
    webSocket.ping();
  }, pingMs);
  for (const sign of ['pong', 'message'] as const) webSocket.on(sign, () => (isAlive = true));
  webSocket.once('close', () => clearInterval(timer));
}
