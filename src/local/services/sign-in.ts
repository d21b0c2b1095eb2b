import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { Failure, invalidRequest } from '../failure';
import type { RouterEnvironment } from '../router';
import { embedPage } from './embed-page';
import { tokenHeader } from './forwarded-headers';
import type { ServiceTarget } from './service-address';
import { tokenCookie } from './service-cookie';
import { readServiceToken } from './service-token';

/** On a service's own host, paths below this one are the server's. */
export const signInPath = '/_svc/';
export const authPath = `${signInPath}auth`;
export const embedPath = `${signInPath}embed`;

const unseen = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/**
 * Turns a token into a cookie of the service's host. `GET auth?token=&redirect=` does so for a browser and sends it on;
 * `GET embed` is a page that reads the token from its fragment and does so by `POST auth`, for a frame.
 */
export async function signInReply(
  { req }: Context<RouterEnvironment>,
  key: Uint8Array,
  target: ServiceTarget,
): Promise<Response> {
  switch (`${req.method} ${req.path}`) {
    case `GET ${authPath}`: {
      const redirect = localPath(req.query('redirect') ?? '/');
      const cookie = await cookieFor(key, target, req.query('token'), false);
      return new Response(null, {
        status: 302,
        headers: { ...unseen, Location: redirect, 'Set-Cookie': cookie },
      });
    }
    case `POST ${authPath}`: {
      const cookie = await cookieFor(key, target, req.header(tokenHeader), true);
      return new Response(null, { status: 204, headers: { ...unseen, 'Set-Cookie': cookie } });
    }
    case `GET ${embedPath}`: {
      const nonce = randomBytes(16).toString('base64');
      const policy = `default-src 'none'; script-src 'nonce-${nonce}'; connect-src 'self'`;
      const headers = {
        ...unseen,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy,
      };
      return new Response(embedPage(nonce), { headers });
    }
    default:
      throw new Failure(404, 'NotFound', 'There is nothing under this path. Open the link you were given.');
  }
}

async function cookieFor(
  key: Uint8Array,
  target: ServiceTarget,
  token: string | undefined,
  isFramed: boolean,
): Promise<string> {
  if (!token) throw new Failure(401, 'Unauthorized', 'The link has no token. Copy it whole.');
  const { exp } = await readServiceToken(key, target, token);
  return tokenCookie(token, Math.max(Math.floor(exp - Date.now() / 1000), 1), isFramed);
}

/** A path of this host, so that a link can lead nowhere else. Throws 400. */
function localPath(redirect: string): string {
  const base = 'http://here.invalid';
  const isLocal =
    redirect.startsWith('/') && URL.canParse(redirect, base) && new URL(redirect, base).origin === base;
  if (!isLocal) throw invalidRequest('redirect must be a path of this service that starts with "/".');
  const { pathname, search, hash } = new URL(redirect, base);
  return `${pathname.replace(/^\/+/, '/')}${search}${hash}`;
}
