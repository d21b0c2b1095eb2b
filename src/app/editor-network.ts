import type { NetworkOptions } from '../api/network/network';
import { Secret } from '../api/secret';

/** The editor's settings `http.*` that say how its extensions reach other machines, under their own names. */
export interface EditorNetwork {
  readonly proxySupport?: string;
  readonly proxy?: string;
  readonly noProxy?: readonly string[];
  readonly proxyAuthorization?: string | null;
  readonly proxyStrictSSL?: boolean;
  readonly systemCertificates?: boolean;
}

/** The settings an extension host reads at each connecting. */
export const editorNetworkSettings = [
  'proxySupport',
  'proxy',
  'noProxy',
  'proxyAuthorization',
  'proxyStrictSSL',
  'systemCertificates',
] as const satisfies readonly (keyof EditorNetwork)[];

/**
 * The editor's proxy before that of `environment`, as the editor itself has it. `onRead` hears of what is secret in it,
 * so that the log can leave it out.
 */
export function networkOf(
  { proxySupport, proxy, noProxy, proxyAuthorization, proxyStrictSSL, systemCertificates }: EditorNetwork,
  environment: NodeJS.ProcessEnv,
  onRead: (secret: Secret) => void,
): NetworkOptions {
  const authorization = proxyAuthorization ? new Secret(proxyAuthorization) : undefined;
  if (authorization) onRead(authorization);
  return {
    environment: proxySupport === 'off' ? {} : variablesOf(proxy?.trim() ?? '', noProxy ?? [], environment),
    proxyAuthorization: authorization,
    verifyThroughProxy: proxyStrictSSL ?? true,
    systemCertificates: systemCertificates ?? true,
  };
}

function variablesOf(
  proxy: string,
  noProxy: readonly string[],
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const exceptions = noProxy.length > 0 ? { no_proxy: noProxy.join(',') } : {};
  const ways = proxy === '' ? {} : { https_proxy: proxy, http_proxy: proxy };
  return { ...environment, ...ways, ...exceptions };
}
