import type { Server } from 'node:http';
import type { Log } from './log';

/** How long callers are waited for, and how many connections they may hold. */
export interface Bounds {
  /** Until the headers of a request are there. Then 408. */
  headersMs: number;
  /** Until a JSON body is there. Then 408. Uploads have the time of a whole request. */
  bodyMs: number;
  /** Until the first frame of a command's WebSocket is there. Then an `error` frame. */
  firstFrameMs: number;
  /** Open at a time, WebSockets among them. One more is closed at once: far above what editors and programs need. */
  connections: number;
}

export const usualBounds: Bounds = {
  headersMs: 15_000,
  bodyMs: 30_000,
  firstFrameMs: 30_000,
  connections: 2000,
};

/** Logs the first connection of each time that there are too many. */
export function boundConnections(server: Server, { connections }: Bounds, log: Log): void {
  server.maxConnections = connections;
  let isTold = false;
  server.on('connection', () => (isTold = false));
  server.on('drop', () => {
    if (!isTold) log.error(`${connections} connections are open: more are closed at once`);
    isTold = true;
  });
}
