import type { MiddlewareHandler } from 'hono';
import { invalidRequest } from './failure';

/** Escapes of a URL that are no UTF-8 would be taken for the letters they are written with. Throws Failure 400. */
export const refuseBadEscapes: MiddlewareHandler = async ({ req }, next) => {
  const { pathname, search } = new URL(req.url);
  try {
    decodeURIComponent(pathname + search);
  } catch {
    throw invalidRequest('The URL has a % that begins no escape of UTF-8. Encode what you put into it.');
  }
  await next();
};
