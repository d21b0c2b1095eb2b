import { Agent, buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { Secret } from '../secret';
import { inParts } from './in-parts';
import { PausedReplies } from './paused-replies';
import { proxyFor, unusedProxyFor, type ProxyEnvironment } from './proxy-route';
import { trust, type TrustOptions } from './trust';

export interface NetworkOptions extends TrustOptions {
  /** Where `HTTPS_PROXY` and its like are read; this process's environment unless told otherwise. */
  environment?: ProxyEnvironment;
  /** What proxies are told in `Proxy-Authorization`; without it, the credentials in a proxy's address. */
  proxyAuthorization?: Secret;
  /** False: no certificate is verified on a way through a proxy. Default true. */
  verifyThroughProxy?: boolean;
}

export const connectTimeoutMs = 10_000;

/** How connections are made: through which proxy, and whom they trust. HTTP and WebSockets share it. */
export interface Network {
  readonly dispatcher: Dispatcher;
  /** Undefined: what Node.js trusts by itself. */
  readonly trusted: () => string[] | undefined;
  readonly proxyFor: (target: URL) => ProxyRoute | undefined;
  /** See the function of that name. */
  readonly unusedProxyFor: (target: URL) => string | undefined;
}

/** A way through a proxy. */
export interface ProxyRoute {
  readonly proxy: URL;
  readonly ca: string[] | undefined;
  readonly rejectUnauthorized: boolean;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: Secret;
}

export function makeNetwork({
  environment = process.env,
  proxyAuthorization,
  verifyThroughProxy = true,
  ...trustOptions
}: NetworkOptions): Network {
  const trusted = trust(trustOptions);
  const routeTo = (target: URL): ProxyRoute | undefined => {
    const proxy = proxyFor(target, environment);
    return (
      proxy && {
        proxy,
        ca: trusted(),
        rejectUnauthorized: verifyThroughProxy,
        authorization: proxyAuthorization,
      }
    );
  };
  const replies = new PausedReplies();
  const dispatcher = new Agent({
    keepAliveTimeout: 10_000,
    factory: (origin, options: Pool.Options) => {
      const target = new URL(origin);
      const route = routeTo(target);
      if (route) return throughProxy(route, replies);
      const ca = target.protocol === 'https:' ? trusted() : undefined;
      const connect = inParts(replies.guarded(buildConnector({ timeout: connectTimeoutMs, ca })));
      return new Pool(origin, { ...options, connect });
    },
  }).compose(replies.interceptor);
  const unused = (target: URL): string | undefined => unusedProxyFor(target, environment);
  return { dispatcher, trusted, proxyFor: routeTo, unusedProxyFor: unused };
}

function throughProxy(
  { proxy, ca, rejectUnauthorized, authorization }: ProxyRoute,
  replies: PausedReplies,
): ProxyAgent {
  const tls = { ca, rejectUnauthorized, timeout: connectTimeoutMs };
  return new ProxyAgent({
    uri: proxy.href,
    token: authorization?.reveal(),
    requestTls: tls,
    proxyTls: tls,
    keepAliveTimeout: 10_000,
    factory: (target, through: TunnelledOptions) =>
      new Pool(target, { ...through, connect: inParts(replies.guarded(through.connect)) }),
  });
}

/** What undici gives for a target behind a proxy: its own way through. */
type TunnelledOptions = Pool.Options & { connect: buildConnector.connector };
