import type { IncomingMessage } from 'node:http';
import { withoutToken } from './service-cookie';

/** Reads the token of a service from requests, as the SDKs send it. */
export const tokenHeader = 'x-langsmith-sandbox-service-token';

/** Of one connection, not of the message: RFC 9110, 7.6.1. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** Ours to know or to set. The service must be able to trust the ones about the user and the way here. */
const ours =
  /^(?:expect|x-langsmith-(?:sandbox-service-token|user-.*)|x-forwarded-(?:for|host|proto|prefix))$/;

type Headers = [name: string, value: string][];

/**
 * What the service gets. The Host stays as the caller sent it: dev servers take names below `localhost` and addresses
 * (Vite, webpack, Django and Rails do), and the links, redirects and origin checks they make of it hold.
 * `prefix`: the part of the path that was taken off.
 */
export function requestHeaders(incoming: IncomingMessage, prefix: string): Headers {
  const passed = endToEnd(incoming).flatMap(([name, value]): Headers => {
    if (ours.test(name.toLowerCase())) return [];
    if (name.toLowerCase() !== 'cookie') return [[name, value]];
    const cookie = withoutToken(value);
    return cookie === undefined ? [] : [[name, cookie]];
  });
  const { headers, socket } = incoming;
  return [
    ...passed,
    ...(headers['transfer-encoding'] === undefined ? [] : ([['Transfer-Encoding', 'chunked']] as Headers)),
    ['X-Forwarded-For', socket.remoteAddress ?? ''],
    ['X-Forwarded-Host', headers.host ?? ''],
    ['X-Forwarded-Proto', 'http'],
    ...(prefix === '' ? [] : ([['X-Forwarded-Prefix', prefix]] as Headers)),
  ];
}

/** What the caller gets. `embedOrigins`: pages that may show it in a frame; none: the service's own word holds. */
export function replyHeaders(reply: IncomingMessage, prefix: string, embedOrigins: string[]): Headers {
  const passed = endToEnd(reply).map(([name, value]): [string, string] =>
    /^location$/i.test(name) && /^\/(?!\/)/.test(value) ? [name, prefix + value] : [name, value],
  );
  if (embedOrigins.length === 0) return passed;
  return [...passed, ['Content-Security-Policy', `frame-ancestors 'self' ${embedOrigins.join(' ')}`]];
}

/** As they were sent, in order and case, without those of the connection. */
function endToEnd({ rawHeaders, headers }: IncomingMessage): Headers {
  const named = (headers.connection ?? '').split(',').map((token) => token.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named]);
  const all = rawHeaders.flatMap((name, at): Headers =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  );
  return all.filter(([name]) => !dropped.has(name.toLowerCase()));
}
