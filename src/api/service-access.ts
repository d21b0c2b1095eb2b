import { abortable } from './abortable';
import { Secret } from './secret';
import { createServiceUrl } from './services';
import type { CallOptions, Transport } from './transport';
import type { ServiceUrlRequest, TokenServiceUrl } from './wire/service-urls';

/** How a request gets into a service. */
export interface ServiceEntry {
  /** Without the token. */
  url: string;
  header: typeof tokenHeader;
  token: Secret;
}

const tokenHeader = 'X-Langsmith-Sandbox-Service-Token';

/** A token with less than that left may be refused before the request arrives. */
const leastLeftMs = 60_000;

/** Gives an entry whose token still holds, and asks for another one in time; callers at once share one request. */
export function serviceAccess(
  transport: Transport,
  box: string,
  request: Omit<ServiceUrlRequest, 'access'>,
  now: () => number = Date.now,
): (options?: CallOptions) => Promise<ServiceEntry> {
  let current: TokenServiceUrl | undefined;
  let asking: Promise<TokenServiceUrl> | undefined;
  return async (options) => {
    options?.signal?.throwIfAborted();
    if (!current || Date.parse(current.expires_at) - now() <= leastLeftMs) {
      asking ??= createServiceUrl(transport, box, request, { timeoutMs: options?.timeoutMs }).finally(() => {
        asking = undefined;
      });
      current = await abortable(asking, options?.signal);
    }
    return { url: current.service_url, header: tokenHeader, token: new Secret(current.token) };
  };
}
