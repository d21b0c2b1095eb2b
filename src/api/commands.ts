import { defaultTimeoutMs, type CallOptions, type Transport } from './transport';
import type { Box } from './types';
import type { ExecuteReply, ExecuteRequest } from './wire/dataplane';

/** Seconds a command may run when the request doesn't say. */
const defaultCommandSeconds = 60;

/** Runs a command to its end. Sent once: a command is never run twice. */
export function execute(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  request: ExecuteRequest,
  options: CallOptions = {},
): Promise<ExecuteReply> {
  const commandMs = (request.timeout ?? request.timeout_seconds ?? defaultCommandSeconds) * 1000;
  return transport.json(
    { method: 'POST', url: `${dataplaneUrl(transport, box)}/execute`, json: request },
    { timeoutMs: commandMs + defaultTimeoutMs, ...options },
  );
}

/** The API host serves the dataplane as well, for a server that names no address of its own. */
export function dataplaneUrl(transport: Transport, box: Pick<Box, 'id' | 'dataplane_url'>): string {
  return box.dataplane_url?.replace(/\/$/, '') ?? transport.url(box.id);
}
