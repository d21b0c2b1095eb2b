import type { Context, MiddlewareHandler } from 'hono';
import { fileLinkPath } from './links/file-link-address';
import type { Log } from './log';
import type { RouterEnvironment } from './router';

/** The caller went away before it was answered: nginx's number for it. */
const callerGone = 499;

/** Said for it, when the connection was taken for a WebSocket. */
const switchingProtocols = 101;

/**
 * One line a request: method, path, status, milliseconds until its answer began. Queries may hold secrets and stay out.
 * A request counts as busy until its answer is out, or its connection gone; a WebSocket until it ends.
 */
export function logRequests(log: Log, busy: { count: number }): MiddlewareHandler<RouterEnvironment> {
  return async (context, next) => {
    const start = performance.now();
    busy.count += 1;
    context.env.outgoing.once('close', () => (busy.count -= 1));
    await next();
    const status = statusOf(context);
    const ms = Math.round(performance.now() - start);
    log.info(`${context.req.method} ${loggedPath(context.req.path)} ${status} ${ms} ms`);
  };
}

/** A link to a file is a secret. */
function loggedPath(path: string): string {
  return path.startsWith(fileLinkPath) ? `${fileLinkPath}…` : path;
}

function statusOf({ env, req, res }: Context<RouterEnvironment>): number {
  if (env.upgrade?.isTaken) return switchingProtocols;
  return req.raw.signal.aborted ? callerGone : res.status;
}
