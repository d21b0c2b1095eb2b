import { atDataplane } from '../dataplane';
import { defaultTimeoutMs, type CallOptions, type Transport } from '../transport';
import type { Box } from '../types';
import type { GlobMatch, GlobRequest, GrepMatch, GrepRequest, SearchReply } from '../wire/searches';

/** Names may be looked for in a large tree. */
const searchTimeoutMs = 2 * defaultTimeoutMs;

/** Files and folders by their path, in its order. */
export function glob(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  request: GlobRequest,
  options?: CallOptions,
): Promise<SearchReply<GlobMatch>> {
  const place = atDataplane(transport, box, '/glob');
  return transport.json(
    { method: 'POST', isRead: true, ...place, json: request },
    { timeoutMs: searchTimeoutMs, ...options },
  );
}

/** Lines that hold a text. */
export function grep(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  request: GrepRequest,
  options?: CallOptions,
): Promise<SearchReply<GrepMatch>> {
  const place = atDataplane(transport, box, '/grep');
  return transport.json(
    { method: 'POST', isRead: true, ...place, json: request },
    { timeoutMs: searchTimeoutMs, ...options },
  );
}
