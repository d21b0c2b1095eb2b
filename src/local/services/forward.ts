import http, { type Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { replyHeaders, requestHeaders } from './forwarded-headers';
import type { ServiceTarget } from './service-address';
import { serviceFailure } from './service-failure';

/** A request that was let through to a service. */
export interface ServiceCall extends ServiceTarget {
  agent: Agent;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** Taken off the path. */
  prefix: string;
  embedOrigins: string[];
  /** Aborts when the caller goes away or the server stops. */
  signal: AbortSignal;
}

/**
 * Passes a request on, and its answer back as it comes. Gives the answer's status once that has begun; rejects with
 * what `serviceFailure` says as long as nothing was sent. A GET on a connection that the service closed is sent again.
 */
export async function forward(call: ServiceCall): Promise<number> {
  const reply = await exchange(call);
  sendReply(call, reply);
  return reply.statusCode ?? 502;
}

export function openRequest(call: ServiceCall, upgrading: [string, string][] = []): http.ClientRequest {
  const { agent, incoming, boxId, port, prefix, signal } = call;
  const path = (incoming.url ?? '/').slice(prefix.length);
  const request = http.request({
    agent,
    host: boxId,
    port,
    method: incoming.method,
    path: path.startsWith('/') ? path : `/${path}`,
    headers: [...requestHeaders(incoming, prefix), ...upgrading].flat(),
    signal,
  });
  request.on('error', () => undefined); // told to whoever waits for the answer
  return request;
}

/** Streams it; a service that breaks off halfway breaks off the caller's connection. */
export function sendReply({ outgoing, prefix, embedOrigins }: ServiceCall, reply: IncomingMessage): void {
  const { statusCode = 502, statusMessage } = reply;
  outgoing.writeHead(statusCode, statusMessage, replyHeaders(reply, prefix, embedOrigins).flat());
  setImmediate(() => outgoing.flushHeaders()); // unless a first piece took them along
  pipeline(reply, outgoing, () => undefined);
}

async function exchange(call: ServiceCall): Promise<IncomingMessage> {
  const { incoming, port } = call;
  const hasBody =
    incoming.headers['transfer-encoding'] !== undefined ||
    Number(incoming.headers['content-length'] ?? 0) > 0;
  const mayRepeat = !hasBody && (incoming.method === 'GET' || incoming.method === 'HEAD');
  for (;;) {
    const request = openRequest(call);
    if (hasBody) incoming.pipe(request);
    else request.end();
    try {
      return await answerTo(request);
    } catch (error) {
      incoming.unpipe(request);
      if (!mayRepeat || !request.reusedSocket || call.signal.aborted) throw serviceFailure(error, port);
    }
  }
}

function answerTo(request: http.ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
}
