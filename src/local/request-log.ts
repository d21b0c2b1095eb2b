import type { MiddlewareHandler } from 'hono';
import type { Log } from './log';

/** The caller went away before it was answered: nginx's number for it. */
const callerGone = 499;

/** One line a request: method, path, status, milliseconds. Queries may hold secrets and stay out. */
export function logRequests(log: Log, busy: { count: number }): MiddlewareHandler {
  return async (context, next) => {
    const start = performance.now();
    busy.count += 1;
    await next();
    busy.count -= 1;
    const status = context.req.raw.signal.aborted ? callerGone : context.res.status;
    const ms = Math.round(performance.now() - start);
    log.info(`${context.req.method} ${context.req.path} ${status} ${ms} ms`);
  };
}
