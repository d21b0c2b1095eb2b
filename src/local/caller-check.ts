import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { Failure } from './failure';

/**
 * Keeps web pages out: a page elsewhere that makes its own name lead here (DNS rebinding) shows by its Host, a page
 * that calls across origins by its Origin. Numbers can't be rebound, so any address will do as Host.
 */
export function refuseForeignCallers(ownHosts: string[]): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host');
    if (!host || !isOwnHost(host, ownHosts)) {
      throw new Failure(
        403,
        'ForeignHost',
        'This server answers to its own host names only, such as 127.0.0.1.',
      );
    }
    const origin = context.req.header('origin');
    if (origin !== undefined && !isSameHost(origin, host)) {
      throw new Failure(403, 'ForeignOrigin', 'This server does not answer to web pages of other origins.');
    }
    await next();
  };
}

/** `host` as in the header, with or without a port. */
export function isOwnHost(host: string, ownHosts: string[]): boolean {
  const parsed = hostnameOf(`http://${host}`);
  if (parsed === undefined) return false;
  if (parsed === 'localhost' || parsed.endsWith('.localhost')) return true;
  return isIP(parsed.replace(/^\[|\]$/g, '')) > 0 || ownHosts.includes(parsed);
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}`).host;
}

function hostnameOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, username, pathname } = new URL(url);
  return username === '' && pathname === '/' ? hostname : undefined;
}
