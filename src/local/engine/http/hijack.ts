import type http from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { EngineError } from '../engine-error';
import { connectionFailure } from './connection-failure';
import type { HijackRequest } from './http';
import { replyFailure } from './reply-failure';
import type { EngineClient } from './request';

const replyLimitMs = 60_000;

/** On a connection of its own. `EngineHttp.hijack` says what it does. */
export async function openHijacked(
  client: EngineClient,
  url: string,
  { path, json }: HijackRequest,
  signal: AbortSignal,
): Promise<Duplex> {
  signal.throwIfAborted();
  const body = JSON.stringify(json);
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'tcp',
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  const request = client.openAlone({ method: 'POST', path, headers });
  const abort = (): void => void request.destroy(signal.reason as Error);
  const limit = setTimeout(() => request.destroy(new Error('no reply in time')), replyLimitMs);
  signal.addEventListener('abort', abort, { once: true });
  request.end(body);
  try {
    return endedBy(signal, await switched(request));
  } catch (error) {
    throw connectionFailure(error, url, signal);
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', abort);
  }
}

function switched(request: http.ClientRequest): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('upgrade', (_reply, socket: Duplex, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.once('response', (reply) => {
      const { statusCode = 0 } = reply;
      text(reply).then((said) => reject(refusal(statusCode, said)), reject);
    });
  });
}

function refusal(status: number, said: string): EngineError {
  if (status >= 400) return replyFailure(status, said);
  return new EngineError('other', `The container engine answered ${status} where it should open a stream.`);
}

function endedBy(signal: AbortSignal, socket: Duplex): Duplex {
  const abort = (): void => void socket.destroy(signal.reason as Error);
  socket.on('error', () => undefined); // who reads it learns it there
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
  if (signal.aborted) abort();
  return socket;
}
