/** How connections that stand open without a word are told from dead ones. */
export interface Pulse {
  /** Between two pings of a WebSocket: a peer that has not answered the one when the next is due is gone. */
  pingMs: number;
  /** After so long without an event a stream says that it is alive: clients wait 60 s for a sign of life. */
  quietMs: number;
}

export const usualPulse: Pulse = { pingMs: 30_000, quietMs: 15_000 };
