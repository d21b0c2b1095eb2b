import { EngineError } from '../engine-error';

/** Of Node's sockets and undici. What is not here is told in its own words. */
const reasons: Record<string, string> = {
  ENOENT: 'no such socket',
  ENOTSOCK: 'not a socket',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_DESTROYED: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no reply in time',
  UND_ERR_BODY_TIMEOUT: 'the reply stopped',
};

/** What a call that got no (whole) reply rejects with: the signal's reason if it was aborted, else EngineError. */
export function connectionFailure(error: unknown, url: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof EngineError) return error;
  const message = `The container engine at ${url} can't be reached: ${unreachableReason(error)}.`;
  return new EngineError('engine-unreachable', message, { cause: error });
}

export function unreachableReason(error: unknown): string {
  const code = errorCode(error);
  if (error instanceof Error && error.name === 'HTTPParserError')
    return 'what answers there does not speak HTTP';
  return (code && reasons[code]) ?? (error instanceof Error ? error.message : String(error));
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
