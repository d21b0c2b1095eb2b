import { ApiError, type ApiErrorKind } from '../errors';
import type { ErrorFrame, ServerFrame } from '../wire/command-frames';

/** A frame of the kinds we know; a server may send others, which say nothing to us. */
export function readServerFrame(text: string): ServerFrame | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof frame !== 'object' || frame === null || !('type' in frame)) return undefined;
  const { type } = frame;
  switch (type) {
    case 'started':
    case 'stdout':
    case 'stderr':
    case 'exit':
    case 'error':
    case 'ssh_agent_data':
    case 'ssh_agent_close':
      return frame as ServerFrame;
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, ApiErrorKind>> = {
  CommandTimeout: 'timeout',
  CommandNotFound: 'not-found',
  SessionExpired: 'not-found',
  CommandError: 'invalid',
};

/** The failure that ends a command, with the server's sentence. */
export function failureOfFrame({ error, error_type = 'CommandError' }: ErrorFrame, path: string): ApiError {
  return new ApiError(error ?? `The command ended with ${error_type}`, {
    kind: kinds[error_type] ?? 'server',
    errorType: error_type,
    method: 'GET',
    path,
  });
}
