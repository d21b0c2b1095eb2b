import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Failure } from './failure';

/** Lets only requests with the key pass: `X-Api-Key`, or `Authorization: Bearer`. */
export function requireApiKey(apiKey: string): MiddlewareHandler {
  return async (context, next) => {
    const bearer = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    const given = context.req.header('x-api-key') ?? bearer;
    if (given === undefined) {
      throw new Failure(403, 'Forbidden', 'Send the API key of this server in the header X-Api-Key.');
    }
    if (!isSameKey(given, apiKey) && !isSameKeyTwice(given, apiKey))
      throw new Failure(403, 'Forbidden', 'This is not the API key of this server.');
    await next();
  };
}

/** The client that the Python SDK generates (0.14) sends the header two times; Node.js joins them. */
function isSameKeyTwice(given: string, apiKey: string): boolean {
  const parts = given.split(', ');
  return parts.length === 2 && parts.every((part) => isSameKey(part, apiKey));
}

/** Takes as long for a key that is nearly right as for any other. */
function isSameKey(a: string, b: string): boolean {
  const digest = (key: string): Buffer => createHash('sha256').update(key).digest();
  return timingSafeEqual(digest(a), digest(b));
}
