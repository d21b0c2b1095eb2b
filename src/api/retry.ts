import { ApiError } from './errors';
import type { RequestSpec } from './request';

const mostAttempts = 4;
const firstDelayMs = 250;
const longestDelayMs = 8_000;

/**
 * Milliseconds until a failed call is sent again, or undefined when it must not be.
 * Only what reads repeats: nothing that could happen twice does. The server's `Retry-After` is obeyed.
 * `attempt` counts from 1; `random` in [0, 1) spreads clients apart.
 */
export function retryDelay(
  { method, isRead = method === 'GET' || method === 'HEAD' }: Pick<RequestSpec, 'method' | 'isRead'>,
  attempt: number,
  failure: unknown,
  random: () => number = Math.random,
): number | undefined {
  if (!isRead) return undefined;
  if (!(failure instanceof ApiError) || attempt >= mostAttempts || !isTransient(failure)) return undefined;
  if (failure.retryAfterMs !== undefined) return failure.retryAfterMs;
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)) * (0.75 + random() / 4);
}

/** A server that can't be reached at all is told to the user at once: the next poll is the retry. */
function isTransient(failure: ApiError): boolean {
  switch (failure.kind) {
    case 'quota':
    case 'ambiguous':
      return true;
    case 'unavailable':
      return failure.status === 502 || failure.status === 503;
    case 'timeout':
      return failure.status === 504;
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'invalid':
    case 'server':
    case 'unreachable':
    case 'deadline':
      return false;
  }
}
