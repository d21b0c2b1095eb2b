import { rootCertificates } from 'node:tls';
import * as tls from 'node:tls';
import { Agent, buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';
import { PausedReplies } from './paused-replies';
import { proxyFor, type ProxyEnvironment } from './proxy-route';

export interface NetworkOptions {
  /** Certificates to trust beside the usual ones, in PEM. */
  ca?: string;
  /** Where `HTTPS_PROXY` and its like are read; this process's environment unless told otherwise. */
  environment?: ProxyEnvironment;
}

export const connectTimeoutMs = 10_000;

/** How connections are made: through which proxy, and whom they trust. HTTP and WebSockets share it. */
export interface Network {
  readonly dispatcher: Dispatcher;
  /** Undefined: what Node.js trusts by itself. */
  readonly ca: string[] | undefined;
  proxyFor: (target: URL) => URL | undefined;
}

export function makeNetwork({ ca, environment = process.env }: NetworkOptions): Network {
  const trusted = ca === undefined ? undefined : [...usualCertificates(), ca];
  const replies = new PausedReplies();
  const connect = replies.guarded(buildConnector({ timeout: connectTimeoutMs, ca: trusted }));
  const dispatcher = new Agent({
    keepAliveTimeout: 10_000,
    factory: (origin, options: Pool.Options) => {
      const proxy = proxyFor(new URL(origin), environment);
      if (!proxy) return new Pool(origin, { ...options, connect });
      return new ProxyAgent({
        uri: proxy.href,
        requestTls: { ca: trusted, timeout: connectTimeoutMs },
        proxyTls: { ca: trusted, timeout: connectTimeoutMs },
        keepAliveTimeout: 10_000,
        factory: (target, through: TunnelledOptions) =>
          new Pool(target, { ...through, connect: replies.guarded(through.connect) }),
      });
    },
  }).compose(replies.interceptor);
  return { dispatcher, ca: trusted, proxyFor: (target) => proxyFor(target, environment) };
}

/** What undici gives for a target behind a proxy: its own way through. */
type TunnelledOptions = Pool.Options & { connect: buildConnector.connector };

/** With `NODE_EXTRA_CA_CERTS` and the machine's own where this Node.js (22.15 or newer) can tell them. */
function usualCertificates(): readonly string[] {
  return 'getCACertificates' in tls ? tls.getCACertificates('default') : rootCertificates;
}
