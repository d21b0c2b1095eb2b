import type { Context } from 'hono';
import type { Router, RouterEnvironment } from '../router';
import { Failure } from '../failure';
import { requireUpgrade } from '../web-socket';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Handler = (context: Context<RouterEnvironment>) => Response | Promise<Response>;

/** Answers the given methods of a path, and 405 for all others. A GET answers HEAD as well. */
export function onPath(router: Router, path: string, handlers: Partial<Record<Method, Handler>>): void {
  const methods = Object.entries(handlers);
  for (const [method, handler] of methods) router.on(method, path, handler);
  const allowed = methods.map(([method]) => method).join(', ');
  router.all(path, (context) => {
    context.header('Allow', allowed);
    throw new Failure(405, 'MethodNotAllowed', `This path answers to ${allowed} only.`);
  });
}

/** Answers a GET that asks for a WebSocket. `take` throws until it has taken the connection, and never afterwards. */
export function onWebSocket(
  router: Router,
  path: string,
  take: (context: Context<RouterEnvironment>) => Promise<void>,
): void {
  onPath(router, path, {
    GET: async (context) => {
      requireUpgrade(context);
      await take(context);
      return context.body(null);
    },
  });
}

/** A part of the path, decoded. */
export function pathPart(context: Context<RouterEnvironment>, name: string): string {
  return context.req.param(name) ?? '';
}
