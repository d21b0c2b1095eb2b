import { once } from 'node:events';
import { request as requestInTheClear, type IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { connectTimeoutMs, type ProxyRoute } from './network';

/** The proxy answered, and not with a way through. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly code = 'PROXY_REFUSED';
}

/** A socket to `target` through an HTTP proxy (`CONNECT`), with TLS inside when the target wants it. */
export async function connectThrough(route: ProxyRoute, target: URL, signal: AbortSignal): Promise<Duplex> {
  const { ca, rejectUnauthorized } = route;
  const isSecure = target.protocol === 'https:' || target.protocol === 'wss:';
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const authority = `${target.hostname}:${target.port || (isSecure ? 443 : 80)}`;
  const socket = await tunnelTo(route, authority, signal);
  if (!isSecure) return socket;
  const secured = connectTls({ socket, host, servername: host, ca, rejectUnauthorized });
  try {
    await once(secured, 'secureConnect', { signal });
  } catch (failure) {
    secured.destroy();
    socket.destroy();
    throw failure;
  }
  return secured;
}

async function tunnelTo(route: ProxyRoute, authority: string, signal: AbortSignal): Promise<Duplex> {
  const { proxy, ca, rejectUnauthorized } = route;
  const start = proxy.protocol === 'https:' ? requestOverTls : requestInTheClear;
  const connecting = start({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...credentialsOf(route) },
    agent: false,
    timeout: connectTimeoutMs,
    signal,
    ca,
    rejectUnauthorized,
  });
  connecting.once('timeout', () => connecting.destroy(new ProxyRefusal('The proxy gave no answer')));
  connecting.end();
  const [reply, socket] = (await once(connecting, 'connect', { signal })) as [IncomingMessage, Duplex];
  if (reply.statusCode === 200) return socket;
  socket.destroy();
  throw new ProxyRefusal(`The proxy answered CONNECT with HTTP ${reply.statusCode ?? 0}`);
}

function credentialsOf({ proxy, authorization }: ProxyRoute): Record<string, string> {
  if (authorization) return { 'proxy-authorization': authorization.reveal() };
  const { username, password } = proxy;
  if (username === '') return {};
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}
