import type { Duplex } from 'node:stream';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { dialBox } from '../dial/dial-box';
import { withRunningBox } from '../lifecycle/awake';
import { goneSignal } from '../lifecycle/departures';
import { servePortStream } from '../tunnel/port-stream';
import { serveTunnel } from '../tunnel/serve-tunnel';
import { acceptWebSocket } from '../web-socket';
import { onWebSocket, pathPart } from './methods';

/** Of the tunnel's stream of bytes: where messages end means nothing. */
const mostMessageBytes = 4 * 1024 * 1024;

export function tunnelRoutes(
  router: Router,
  { lifecycle, dialer, closing, pulse }: RouterDependencies,
): void {
  onWebSocket(router, `${wireRoot}/:box/tunnel`, async (context) => {
    const box = await withRunningBox(lifecycle, pathPart(context, 'box'), context.get('signal'), (running) =>
      Promise.resolve(running),
    );
    const gone = goneSignal(lifecycle, box.id);
    const webSocket = await acceptWebSocket(context, { mostMessageBytes, closing, pulse });
    const accept = (stream: Duplex): void => {
      const dial = (port: number, signal: AbortSignal) => dialBox(lifecycle, dialer, box.id, port, signal);
      void servePortStream(stream, dial, closing);
    };
    serveTunnel(webSocket, accept, gone);
  });
}
