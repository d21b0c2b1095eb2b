import type { MiddlewareHandler } from 'hono';
import type { Log } from './log';
import type { RouterEnvironment } from './router';

/** The caller went away before it was answered: nginx's number for it. */
const callerGone = 499;

/**
 * One line a request: method, path, status, milliseconds until its answer began. Queries may hold secrets and stay out.
 * A request counts as busy until its answer is out, or its connection gone.
 */
export function logRequests(log: Log, busy: { count: number }): MiddlewareHandler<RouterEnvironment> {
  return async (context, next) => {
    const start = performance.now();
    busy.count += 1;
    context.env.outgoing.once('close', () => (busy.count -= 1));
    await next();
    const status = context.req.raw.signal.aborted ? callerGone : context.res.status;
    const ms = Math.round(performance.now() - start);
    log.info(`${context.req.method} ${context.req.path} ${status} ${ms} ms`);
  };
}
