import { atDataplane } from './dataplane';
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
    { method: 'POST', ...atDataplane(transport, box, '/execute'), json: request },
    { timeoutMs: commandMs + defaultTimeoutMs, ...options },
  );
}
