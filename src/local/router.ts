import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { requireApiKey } from './api-key';
import type { Bounds } from './bounds';
import { refuseBadEscapes } from './bad-escapes';
import { refuseForeignCallers } from './caller-check';
import type { Commands } from './commands/commands';
import type { Dialer } from './dial/dialer';
import { answerError, answerUnknownPath } from './error-reply';
import type { Leases } from './leases';
import type { Lifecycle } from './lifecycle/lifecycle';
import type { Log } from './log';
import type { Pulse } from './pulse';
import { logRequests } from './request-log';
import { boxRoutes } from './routes/boxes';
import { captureRoutes } from './routes/captures';
import { commandRoutes } from './routes/commands';
import { downloadLinkRoutes } from './routes/download-links';
import { downloadUrlRoutes } from './routes/download-urls';
import { executeRoutes } from './routes/execute';
import { fileRoutes } from './routes/files';
import { localRoutes } from './routes/local';
import { registryRoutes } from './routes/registries';
import { searchRoutes } from './routes/search';
import { serviceUrlRoutes } from './routes/service-urls';
import { services } from './routes/services';
import { signingKeyRoutes } from './routes/signing-keys';
import { snapshotRoutes } from './routes/snapshots';
import { usageRoutes } from './routes/usage';
import { tunnelRoutes } from './routes/tunnel';
import type { Upgrade } from './upgrade';
import { canonicalPath } from './wire-prefix';

/** What the routes work on. */
export interface RouterDependencies {
  lifecycle: Lifecycle;
  commands: Commands;
  /** Reaches ports of sandboxes. */
  dialer: Dialer;
  leases: Leases;
  apiKey: string;
  /** Hosts that requests may name, besides loopback. */
  ownHosts: string[];
  /** `http://127.0.0.1:PORT`, or where else the caller reaches this server. */
  endpoint: (context: Context<RouterEnvironment>) => string;
  /** Aborts when the server stops. */
  closing: AbortSignal;
  /** Requests whose answer is not out yet. */
  busy: { count: number };
  pulse: Pulse;
  bounds: Bounds;
  version: string;
  log: Log;
}

export interface RouterEnvironment {
  /** `upgrade` is there when the request asks to become a WebSocket. */
  Bindings: HttpBindings & { upgrade?: Upgrade };
  Variables: {
    /** Aborts when the caller goes away or the server stops. */
    signal: AbortSignal;
    bounds: Bounds;
  };
}

export type Router = Hono<RouterEnvironment>;

/** Where the wire lives once its prefixes are made one. */
export const wireRoot = '/v2/sandboxes';

/** The whole HTTP surface. Routes whose paths could be taken for a sandbox's stand before the dataplane. */
export function createRouter(dependencies: RouterDependencies): Router {
  const router: Router = new Hono<RouterEnvironment>({ getPath: canonicalPath });
  router.use(logRequests(dependencies.log, dependencies.busy));
  router.use(refuseForeignCallers(dependencies.ownHosts));
  router.use(async (context, next) => {
    context.set('bounds', dependencies.bounds);
    context.set('signal', AbortSignal.any([context.req.raw.signal, dependencies.closing]));
    await next();
  });
  // What has tokens of its own, or is for everybody, comes before the key.
  router.use(services(dependencies));
  downloadLinkRoutes(router, dependencies);
  signingKeyRoutes(router);
  router.use(requireApiKey(dependencies.apiKey));
  router.use(refuseBadEscapes);
  localRoutes(router, dependencies);
  snapshotRoutes(router, dependencies);
  captureRoutes(router, dependencies);
  boxRoutes(router, dependencies);
  registryRoutes(router, dependencies);
  executeRoutes(router, dependencies);
  commandRoutes(router, dependencies);
  fileRoutes(router, dependencies);
  searchRoutes(router, dependencies);
  serviceUrlRoutes(router, dependencies);
  downloadUrlRoutes(router, dependencies);
  tunnelRoutes(router, dependencies);
  usageRoutes(router, dependencies);
  router.notFound(answerUnknownPath);
  router.onError((error, context) => answerError(error, context, dependencies.log));
  return router;
}
