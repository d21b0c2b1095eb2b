import { signServiceToken } from './service-token';
import { serviceUrls, type ServiceTarget } from './service-address';
import { authPath, embedPath } from './sign-in';

/** The wire's reply to a service URL with a token. */
export interface ServiceLinks {
  token: string;
  service_url: string;
  browser_url: string;
  embed_url: string;
  /** RFC 3339. */
  expires_at: string;
  embed_origins?: string[];
}

/** `seconds` until the token expires; it can't be taken back before. */
export async function serviceLinks(
  key: Uint8Array,
  endpoint: string,
  target: ServiceTarget,
  seconds: number,
  embedOrigins: string[],
): Promise<ServiceLinks> {
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const token = await signServiceToken(key, target, { exp, embedOrigins });
  const { origin, programUrl } = serviceUrls(endpoint, target);
  return {
    token,
    service_url: programUrl,
    browser_url: `${origin}${authPath}?token=${token}`,
    embed_url: `${origin}${embedPath}#token=${token}`,
    expires_at: new Date(exp * 1000).toISOString(),
    ...(embedOrigins.length > 0 && { embed_origins: embedOrigins }),
  };
}
