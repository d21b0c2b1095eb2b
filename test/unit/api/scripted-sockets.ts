import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Transport } from '../../../src/api/transport';
import { scripted, type Answer, type SeenRequest } from './scripted-server';

/** Tries again at once, so that a test of what follows a broken connection is short. */
export const eager = { mostTries: 5, budgetMs: 10_000, firstPauseMs: 1 };

/** A frame that a client has sent, on which connection (from 1). */
export interface SeenFrame {
  connection: number;
  type: string;
  [field: string]: unknown;
}

export interface SocketScript {
  /** For each frame of a client. */
  onFrame: (socket: Scripted, frame: SeenFrame) => void;
  /** What is no WebSocket, or is refused to be one. */
  answer?: Answer;
  /** Gives true when it has refused the upgrade. */
  refuse?: (response: RawRefusal, count: number) => boolean;
}

export type RawRefusal = (status: number, body: unknown, headers?: Record<string, string>) => true;

export interface Scripted {
  socket: WebSocket;
  say: (frame: object) => void;
}

/** A real server on loopback whose WebSockets do as the test says. */
export async function scriptedSockets({ onFrame, answer = notFound, refuse }: SocketScript): Promise<{
  transport: Transport;
  endpoint: string;
  box: { id: string; dataplane_url: string };
  frames: SeenFrame[];
  seen: SeenRequest[];
  sockets: WebSocket[];
}> {
  const { transport, endpoint, seen, server } = await scripted(answer);
  const frames: SeenFrame[] = [];
  const sockets: WebSocket[] = [];
  const webSockets = new WebSocketServer({ noServer: true });
  // A server leaves what asked for an upgrade to whoever took it, even when it closes.
  const leftovers: (() => void)[] = [];
  onTestFinished(() => leftovers.forEach((destroy) => destroy()));
  let upgrades = 0;
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    leftovers.push(() => socket.destroy());
    const count = ++upgrades;
    const reject: RawRefusal = (status, body, headers = {}) => {
      const text = JSON.stringify(body);
      const lines = Object.entries({ 'content-length': Buffer.byteLength(text), ...headers });
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json\r\n` +
          `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`,
      );
      return true;
    };
    if (refuse?.(reject, count)) return;
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = sockets.push(webSocket);
      webSocket.on('error', () => undefined);
      const scripted = { socket: webSocket, say: (frame: object) => webSocket.send(JSON.stringify(frame)) };
      webSocket.on('message', (data: Buffer) => {
        const frame = { ...(JSON.parse(data.toString()) as { type: string }), connection };
        frames.push(frame);
        onFrame(scripted, frame);
      });
    });
  });
  onTestFinished(() => sockets.forEach((socket) => socket.terminate()));
  const box = { id: 'b1', dataplane_url: `${endpoint}/v2/sandboxes/b1` };
  return { transport, endpoint, box, frames, seen, sockets };
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end('{"detail":"none"}');
}
