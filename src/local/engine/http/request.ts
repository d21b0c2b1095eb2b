import http from 'node:http';
import https from 'node:https';
import type { EngineAddress } from '../address';

type RequestOptions = Pick<http.RequestOptions, 'method' | 'path' | 'headers'>;

/** What sends to one engine. */
export interface EngineClient {
  /** Begins a request, whose headers go out with its first byte or its end. */
  open(options: RequestOptions): http.ClientRequest;
  /** The same on a connection that no other request had or will have. */
  openAlone(options: RequestOptions): http.ClientRequest;
  /** Breaks off what is under way, but for connections that have become streams. */
  close(): void;
}

/** Less than engines keep an idle connection: a request on one that they close meanwhile gets no answer. */
const idleMs = 4_000;

/**
 * Over node:http: undici sends no body along with an upgrade, copies all that has arrived of a chunked body each time its
 * reader falls behind (`lib/dispatcher/client-h1.js`), and fails when the engine leaves a reader that is behind
 * (nodejs/undici issue 5360). Opens no connection yet.
 */
export function engineClient({ origin, socketPath, tls }: EngineAddress): EngineClient {
  const isSecure = tls !== undefined || origin.startsWith('https:');
  const { ca, cert, key, isServerVerified: rejectUnauthorized = true } = tls ?? {};
  const trust = { ca, cert, key, rejectUnauthorized };
  const agent = (kept: http.AgentOptions): http.Agent =>
    heard(isSecure ? new https.Agent({ ...kept, ...trust }) : new http.Agent(kept));
  const shared = agent({ keepAlive: true, timeout: idleMs });
  const single = agent({ keepAlive: false });
  const request = isSecure ? https.request : http.request;
  return {
    open: (options) => request(origin, { ...options, agent: shared, socketPath }),
    openAlone: (options) => request(origin, { ...options, agent: single, socketPath }),
    close: () => {
      shared.destroy();
      single.destroy();
    },
  };
}

/**
 * Newer Node.js fails for a path that is too long before the request listens to its connection (nodejs/node pull request
 * 61770); unheard, that would end the process.
 */
function heard<A extends http.Agent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...call) => connect(...call)?.on('error', () => undefined);
  return agent;
}
