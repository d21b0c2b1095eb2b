import type { RequestSpec } from './request';
import type { Transport } from './transport';
import type { Box } from './types';

/** The API host serves the dataplane as well, for a server that names no address of its own. */
export function dataplaneUrl(transport: Transport, box: Pick<Box, 'id' | 'dataplane_url'>): string {
  return box.dataplane_url?.replace(/\/$/, '') ?? transport.url(box.id);
}

/** Where a request into a sandbox goes; `path` is such as `/execute`. */
export function atDataplane(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
): Pick<RequestSpec, 'url' | 'isDataplane'> {
  return { url: `${dataplaneUrl(transport, box)}${path}`, isDataplane: true };
}
