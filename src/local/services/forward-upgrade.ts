import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { join } from '../dial/join';
import type { Upgrade } from '../upgrade';
import { openRequest, sendReply, type ServiceCall } from './forward';
import { serviceFailure } from './service-failure';

/** Passes a WebSocket's handshake on; both connections are one from then on. A refusal of the service is passed back. */
export async function forwardUpgrade(call: ServiceCall, upgrade: Upgrade): Promise<void> {
  const { incoming, port, signal } = call;
  const request = openRequest(call, [
    ['Connection', 'Upgrade'],
    ['Upgrade', incoming.headers.upgrade ?? ''],
  ]);
  const answered = new Promise<void>((resolve, reject) => {
    request.once('upgrade', (reply, upstream: Socket, head: Buffer) => {
      upgrade.isTaken = true;
      upgrade.socket.write(headOf(reply));
      if (head.length > 0) upstream.unshift(head);
      if (upgrade.head.length > 0) upgrade.socket.unshift(upgrade.head);
      join(upgrade.socket, upstream);
      signal.addEventListener('abort', () => upgrade.socket.destroy(), { once: true });
      resolve();
    });
    request.once('response', (reply) => {
      upgrade.isTaken = true;
      sendReply(call, reply);
      resolve();
    });
    request.once('error', (error) => reject(serviceFailure(error, port)));
  });
  request.end();
  await answered;
}

/** As the service sent it: what the handshake settled, extensions say, holds between the two ends. */
function headOf({ statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return [`HTTP/1.1 101 ${statusMessage}`, ...lines, '', ''].join('\r\n');
}
