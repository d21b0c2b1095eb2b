import { Secret } from '../../api/secret';
import { allServiceUrls, createServiceUrl, deleteServiceUrls, grantServiceAccess } from '../../api/services';
import type { CallOptions } from '../../api/transport';
import type { Box } from '../../api/types';
import type { ServiceUrlItem } from '../../api/wire/service-urls';
import type { Session } from '../session';

/** Who gets in: whoever has a link, who may see the sandbox, everybody of the workspace. The last two log in. */
export type Audience = ServiceUrlItem['access'];

/** A port that is reached by a link. */
export interface SharedPort {
  readonly port: number;
  readonly audience: Audience;
  /** Epoch milliseconds; absent when it lasts. */
  readonly expiresAt?: number;
}

/** For a browser. */
export interface PortLink extends SharedPort {
  /** Of a link with a token whoever reads it gets in: it is shown nowhere. */
  readonly url: Secret;
}

/** How a link is asked for: one that holds for so many seconds, at most a day, or one that people log in to. */
export type Sharing = { readonly seconds: number } | { readonly audience: Exclude<Audience, 'token'> };

export async function sharePort(
  { transport }: Session,
  { id }: Pick<Box, 'id'>,
  port: number,
  sharing: Sharing,
  options: CallOptions,
): Promise<PortLink> {
  if ('seconds' in sharing) {
    const request = { port, expires_in_seconds: sharing.seconds };
    const { browser_url, expires_at } = await createServiceUrl(transport, id, request, options);
    return { port, audience: 'token', expiresAt: Date.parse(expires_at), url: new Secret(browser_url) };
  }
  const { audience } = sharing;
  const granted = await grantServiceAccess(transport, id, { port, access: audience }, options);
  const url = granted.browser_url ?? granted.service_url;
  if (!url) throw new Error('The server gave no address');
  return { port, audience, url: new Secret(url) };
}

/** By port; it starts no sandbox, and does not count as use of one. */
export async function sharedPorts(
  { transport }: Session,
  { id }: Pick<Box, 'id'>,
  options: CallOptions,
): Promise<SharedPort[]> {
  const shared: SharedPort[] = [];
  for await (const { port, access, expires_at } of allServiceUrls(transport, id, {}, options)) {
    shared.push({ port, audience: access, ...(expires_at && { expiresAt: Date.parse(expires_at) }) });
  }
  return shared.sort((one, other) => one.port - other.port);
}

/** People can't log in any more; links with a token hold until they expire. */
export function stopSharing(
  { transport }: Session,
  { id }: Pick<Box, 'id'>,
  port: number,
  options: CallOptions,
): Promise<void> {
  return deleteServiceUrls(transport, id, port, options);
}
