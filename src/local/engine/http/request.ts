import http from 'node:http';
import https from 'node:https';
import type { EngineAddress } from '../address';

/** What sends to one engine; kept connections belong to `agent`. */
export interface EngineClient {
  agent: http.Agent;
  /** Begins a request, whose headers go out with its first byte or its end. */
  open(options: Pick<http.RequestOptions, 'method' | 'path' | 'headers' | 'agent'>): http.ClientRequest;
}

/** Less than engines keep an idle connection: a request on one that they close meanwhile gets no answer. */
const idleMs = 4_000;

/**
 * Over node:http: undici sends no body along with an upgrade, copies all that has arrived of a chunked body each time its
 * reader falls behind (`lib/dispatcher/client-h1.js`), and fails when the engine leaves a reader that is behind
 * (nodejs/undici issue 5360). Opens no connection yet.
 */
export function engineClient({ origin, socketPath, tls }: EngineAddress): EngineClient {
  const kept = { keepAlive: true, timeout: idleMs };
  if (!tls && !origin.startsWith('https:')) {
    const agent = new http.Agent(kept);
    return { agent, open: (options) => http.request(origin, { agent, ...options, socketPath }) };
  }
  const { ca, cert, key, isServerVerified: rejectUnauthorized = true } = tls ?? {};
  const trust = { ca, cert, key, rejectUnauthorized };
  const agent = new https.Agent({ ...kept, ...trust });
  return { agent, open: (options) => https.request(origin, { agent, ...options, ...trust, socketPath }) };
}
