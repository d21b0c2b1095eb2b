import { createServer, type Server } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';
import os from 'node:os';
import { getRequestListener } from '@hono/node-server';
import { boundConnections, usualBounds, type Bounds } from './bounds';
import { endpointFor } from './endpoint';
import { Failure } from './failure';
import { idleConnections } from './idle-connections';
import { answerMalformed, answerUnreadable } from './malformed-request';
import { createRouter, type RouterDependencies } from './router';
import { routeUpgrades } from './upgrade';
import { settlesWithin } from './abort';

export interface ServerOptions extends Omit<
  RouterDependencies,
  'endpoint' | 'closing' | 'ownHosts' | 'bounds'
> {
  host: string;
  /** 0: any free one. */
  port: number;
  /** The usual ones when absent. */
  bounds?: Bounds;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** Takes no more requests, ends those under way, and closes every connection within a bounded time. */
  close(): Promise<void>;
}

/** A request has to have arrived whole by then: the limit of an upload. */
const requestTimeoutMs = 30 * 60_000;
/** Longer than clients keep an idle connection: one that is closed under a client may make it send a request twice. */
const keepAliveTimeoutMs = 120_000;
/** Commands that are cut off are killed by then, on a busy machine too. */
const closeGraceMs = 10_000;
const closeLookMs = 20;
/** How often Node looks for requests that take too long. */
const mostLookMs = 5_000;

/** Listens. Rejects with the system's error, such as `EADDRINUSE`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, bounds = usualBounds, ...dependencies } = options;
  const closing = new AbortController();
  let endpoint = '';
  const router = createRouter({
    ...dependencies,
    bounds,
    endpoint: ({ req }) => endpointFor(req.header('host') ?? '', endpoint),
    closing: closing.signal,
    ownHosts: [host, os.hostname()].map((name) => name.toLowerCase()),
  });
  const answer = getRequestListener((request, environment) => router.fetch(request, environment), {
    errorHandler: answerUnreadable,
    overrideGlobalObjects: false,
  });
  const timeouts = {
    headersTimeout: bounds.headersMs,
    connectionsCheckingInterval: Math.min(bounds.headersMs, mostLookMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    requireHostHeader: false, // answerUnreadable says what is missing
  };
  const server = createServer(timeouts, (incoming, outgoing) => void answer(incoming, outgoing));
  const idle = idleConnections(server);
  boundConnections(server, bounds, dependencies.log);
  answerMalformed(server, dependencies.log);
  const endUpgraded = routeUpgrades(server, router);
  await listen(server, host, port);
  endpoint = endpointOf(host, server.address() as AddressInfo);
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    closing.abort(new Failure(503, 'ServiceUnavailable', 'The local server stops.'));
    // A connection is idle only once its answer is out.
    const tidy = setInterval(() => idle.close(), closeLookMs);
    if (!(await settlesWithin(closed, closeGraceMs))) {
      server.closeAllConnections();
      endUpgraded();
    }
    clearInterval(tidy);
    await closed;
  };
  return { endpoint, close };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Where this machine reaches it: `0.0.0.0` and `::` are no addresses to call. */
function endpointOf(host: string, { port }: AddressInfo): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
}
