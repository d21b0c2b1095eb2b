import { EngineError } from '../engine-error';
import { messageOf } from '../../message-of';

/** Of Node's sockets. What is not here is told in its own words. */
const reasons: Record<string, string> = {
  ENOENT: 'no such socket',
  ENOTSOCK: 'not a socket',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
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
  if (code?.startsWith('HPE_')) return 'what answers there does not speak HTTP';
  return (code && reasons[code]) ?? messageOf(error);
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
