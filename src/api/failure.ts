import { DeadlineReached } from './deadline';
import { readErrorBody } from './error-body';
import { ApiError, type ApiErrorKind, type Obstacle } from './errors';

export interface Call {
  method: string;
  /** Without query. */
  path: string;
  isDataplane?: boolean;
}

/** What an error type means, whatever the status it comes with (a sandbox's dataplane). */
const kindOfType: Readonly<Record<string, ApiErrorKind>> = {
  FileNotFound: 'not-found',
  NotReady: 'unavailable',
  CommandError: 'invalid',
  WriteError: 'invalid',
  ReadError: 'invalid',
};

/** Statuses and what they mean, as the reference lists them; 408 and 504 both stand for a create that took too long. */
function kindOfStatus(status: number, { isDataplane }: Call): ApiErrorKind {
  if (status === 403 && isDataplane) return 'forbidden';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'quota';
  if (status === 502 || status === 503) return 'unavailable';
  if (status >= 400 && status < 500) return 'invalid';
  return 'server';
}

/** An ApiError for a reply that is no success. `text` is its body, as far as it was read. */
export function failureOfReply(
  call: Call,
  status: number,
  headers: Record<string, string | string[] | undefined>,
  text: string,
): ApiError {
  const { message, errorType, errorId, field } = readErrorBody(text);
  return new ApiError(message ?? `${call.method} ${call.path} was answered with HTTP ${status}`, {
    ...call,
    kind: kindOfType[errorType ?? ''] ?? kindOfStatus(status, call),
    status,
    errorType,
    errorId,
    field,
    retryAfterMs: readRetryAfter(headers['retry-after']),
  });
}

/** Seconds or an HTTP date; absent when it is neither. */
export function readRetryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  if (header.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EACCES',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'PROXY_REFUSED',
]);

/**
 * What a thrown transport error means. The caller's own abort comes back as its reason;
 * a connection that never stood is `unreachable` (nothing was done), one that broke later is `ambiguous`.
 */
export function failureOfThrown(
  call: Call,
  thrown: unknown,
  signal: AbortSignal,
  timeoutMs: number,
): unknown {
  if (signal.aborted) {
    const reason: unknown = signal.reason;
    if (!(reason instanceof DeadlineReached)) return reason;
    return new ApiError(`No answer within ${Math.round(timeoutMs / 1000)} s`, { ...call, kind: 'deadline' });
  }
  if (thrown instanceof ApiError) return thrown;
  const code = codeOf(thrown);
  const options = { cause: thrown };
  if (code !== undefined && (neverConnected.has(code) || isCertificateCode(code))) {
    const obstacle = { problem: problemOf(code), code };
    const message = `${obstacle.problem} (${code})`;
    return new ApiError(message, { ...call, kind: 'unreachable', obstacle }, options);
  }
  return new ApiError('The connection broke before the answer came', { ...call, kind: 'ambiguous' }, options);
}

/** The failure, which tells of the proxy where the direct way that was taken in its stead leads nowhere. */
export function withUnusedProxy(failure: unknown, unusedProxy: string | undefined): unknown {
  if (!(failure instanceof ApiError) || !failure.obstacle || unusedProxy === undefined) return failure;
  const { kind, method, path, message, cause } = failure;
  const obstacle = { ...failure.obstacle, unusedProxy };
  return new ApiError(message, { kind, method, path, obstacle }, { cause });
}

function problemOf(code: string): Obstacle['problem'] {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'host-unknown';
  if (isCertificateCode(code)) return 'certificate';
  return code === 'UND_ERR_CONNECT_TIMEOUT' ? 'connect-timeout' : 'no-server';
}

function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS/.test(code);
}

function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return undefined;
  // What undici says of a proxy that answered CONNECT with something else than 200 has no code of its own.
  if (thrown.code === 'UND_ERR_ABORTED' && thrown.message.startsWith('Proxy response'))
    return 'PROXY_REFUSED';
  return thrown.code;
}
