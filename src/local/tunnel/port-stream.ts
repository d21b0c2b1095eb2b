import type { Duplex } from 'node:stream';
import { join } from '../dial/join';
import { within } from '../abort';

const version = 1;
const requestBytes = 3;
/** A client that opened a stream says by then what for. */
const requestLimitMs = 15_000;

/** The first byte of the answer. */
const status = { connected: 0, notAllowed: 1, failed: 2, wrongVersion: 3 } as const;

/**
 * Serves one stream of a tunnel: the client's version and port (uint16, big-endian), a status byte, and then the bytes
 * of a connection to that port. Never rejects; `dial` rejects when the port can't be reached.
 */
export async function servePortStream(
  stream: Duplex,
  dial: (port: number, signal: AbortSignal) => Promise<Duplex>,
  closing: AbortSignal,
): Promise<void> {
  stream.on('error', () => undefined); // its close tells it
  const gone = new AbortController();
  stream.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  try {
    const request = await readRequest(stream, within(requestLimitMs, signal));
    const port = request.readUInt16BE(1);
    const service =
      request[0] === version && port > 0 ? await dial(port, signal).catch(() => undefined) : undefined;
    if (!service) {
      stream.end(Buffer.from([refusalOf(request)])).resume();
      return;
    }
    stream.write(Buffer.from([status.connected]));
    join(stream, service);
  } catch {
    stream.destroy();
  }
}

function refusalOf(request: Buffer): number {
  if (request[0] !== version) return status.wrongVersion;
  return request.readUInt16BE(1) === 0 ? status.notAllowed : status.failed;
}

/** The first bytes; what comes behind them stays in the stream. Rejects when it ends before, or with the signal's reason. */
function readRequest(stream: Duplex, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const request = stream.read(requestBytes) as Buffer | null;
      if (request?.length === requestBytes) settle(() => resolve(request));
    };
    const fail = (): void => settle(() => reject(new Error('The stream ended before it named a port.')));
    const settle = (outcome: () => void): void => {
      stream.off('readable', look).off('end', fail).off('close', fail);
      signal.removeEventListener('abort', fail);
      outcome();
    };
    stream.on('readable', look).on('end', fail).on('close', fail);
    signal.addEventListener('abort', fail, { once: true });
    if (signal.aborted) fail();
  });
}
