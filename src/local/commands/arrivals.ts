import type { WebSocket } from 'ws';
import { streamNames, type Offsets } from './output';

/** One question for all that is sent meanwhile. */
const askAfterMs = 5;

export interface Arrivals {
  /** What the client has for certain. */
  readonly confirmed: Offsets;
  /** So much was sent. */
  sent(offsets: Offsets): void;
}

/**
 * Learns how much of what is sent to a client has arrived: a pong answers whatever came before its ping.
 * One ping is under way at a time. `onArrival` is called when `confirmed` has moved on.
 */
export function arrivalsOn(webSocket: WebSocket, from: Offsets, onArrival: () => void): Arrivals {
  const confirmed = { ...from };
  let latest = { ...from };
  let asked: { mark: string; offsets: Offsets } | undefined;
  let asks = 0;
  let isAsking = false;

  const ask = (): void => {
    isAsking = false;
    if (webSocket.readyState !== webSocket.OPEN) return;
    asked = { mark: `arrived-${++asks}`, offsets: latest };
    webSocket.ping(asked.mark, undefined, () => undefined);
  };
  const askSoon = (): void => {
    if (asked || isAsking) return;
    isAsking = true;
    setTimeout(ask, askAfterMs).unref();
  };
  webSocket.on('pong', (data: Buffer) => {
    if (!asked || data.toString() !== asked.mark) return;
    Object.assign(confirmed, asked.offsets);
    asked = undefined;
    onArrival();
    if (streamNames.some((stream) => latest[stream] > confirmed[stream])) askSoon();
  });
  return {
    confirmed,
    sent: (offsets) => {
      latest = { ...offsets };
      askSoon();
    },
  };
}
