import { allPages } from './all-pages';
import type { CallOptions, Transport } from './transport';
import type { ListEnvelope } from './types';
import type {
  DownloadUrl,
  DownloadUrlRequest,
  LoginServiceUrl,
  ServiceAccessMode,
  ServiceUrlItem,
  ServiceUrlRequest,
  TokenServiceUrl,
} from './wire/service-urls';

/** An address of a port in the sandbox for whoever has its token. Refused with `conflict` while people log in to that port. */
export function createServiceUrl(
  transport: Transport,
  box: string,
  request: Omit<ServiceUrlRequest, 'access'>,
  options?: CallOptions,
): Promise<TokenServiceUrl> {
  return askForServiceUrl(transport, box, request, options);
}

/** An address that people log in to, and that lasts. Each call replaces the origins that may embed it. */
export function grantServiceAccess(
  transport: Transport,
  box: string,
  request: Omit<ServiceUrlRequest, 'expires_in_seconds'> & { access: Exclude<ServiceAccessMode, 'off'> },
  options?: CallOptions,
): Promise<LoginServiceUrl> {
  return askForServiceUrl(transport, box, request, options);
}

/** Ends the log-in to a port, and gives an address with a token instead. */
export function endServiceAccess(
  transport: Transport,
  box: string,
  port: number,
  options?: CallOptions,
): Promise<TokenServiceUrl> {
  return askForServiceUrl(transport, box, { port, access: 'off' }, options);
}

/** What may be reached now. */
export function allServiceUrls(
  transport: Transport,
  box: string,
  query: { page_size?: number; cursor?: string } = {},
  options?: CallOptions,
): AsyncGenerator<ServiceUrlItem, void> {
  const url = transport.url('boxes', box, 'service-urls');
  const read = (page: typeof query): Promise<ListEnvelope<ServiceUrlItem>> =>
    transport.json({ method: 'GET', url, query: page }, options);
  return allPages(query, read, () => undefined);
}

/** Of one port, or of all. Tokens that were given out hold until they expire. */
export function deleteServiceUrls(
  transport: Transport,
  box: string,
  port?: number,
  options?: CallOptions,
): Promise<void> {
  return transport.send(
    { method: 'DELETE', url: transport.url('boxes', box, 'service-urls'), query: { port } },
    options,
  );
}

/** A link to one file that needs no key. It can't be taken back; it dies with the sandbox. */
export function createDownloadUrl(
  transport: Transport,
  box: string,
  request: DownloadUrlRequest,
  options?: CallOptions,
): Promise<DownloadUrl> {
  return transport.json(
    { method: 'POST', url: transport.url('boxes', box, 'download-url'), json: request },
    options,
  );
}

function askForServiceUrl<T>(
  transport: Transport,
  box: string,
  json: ServiceUrlRequest,
  options?: CallOptions,
): Promise<T> {
  return transport.json({ method: 'POST', url: transport.url('boxes', box, 'service-url'), json }, options);
}
