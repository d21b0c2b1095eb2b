/**
 * The closed set of ways a call can fail.
 * - `unauthorized`: the key is missing or wrong (401, 403 on the control plane)
 * - `forbidden`: the key is good, and may not do that in a sandbox (403 on the dataplane, a port that is not allowed)
 * - `not-found`, `conflict`, `invalid` (400, 422), `quota` (429), `timeout` (408, 504), `unavailable` (502, 503)
 * - `server`: any other status, or a reply that is not what the wire says
 * - `unreachable`: no connection; nothing was done
 * - `ambiguous`: the connection broke after the request left; it may have been done
 * - `deadline`: our own timeout ran out
 */
export type ApiErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'quota'
  | 'timeout'
  | 'unavailable'
  | 'server'
  | 'unreachable'
  | 'ambiguous'
  | 'deadline';

/** What stood in the way of an `unreachable` server; `code` is the one of Node.js, such as `ECONNREFUSED`. */
export interface Obstacle {
  readonly problem: 'host-unknown' | 'certificate' | 'connect-timeout' | 'no-server';
  readonly code: string;
  /** A proxy that was to be taken and can't be: the direct way was. */
  readonly unusedProxy?: string;
}

export interface ApiErrorFacts {
  kind: ApiErrorKind;
  /** HTTP status; absent when no reply came. */
  status?: number;
  /** `detail.error` of the body, such as `ImagePull`. */
  errorType?: string;
  /** `detail.error_id`, for the server's operators. */
  errorId?: string;
  /** Field a validation error names. */
  field?: string;
  /** Milliseconds the server asked to wait (`Retry-After`). */
  retryAfterMs?: number;
  /** Of `unreachable` alone. */
  obstacle?: Obstacle;
  method: string;
  /** Path without query. */
  path: string;
}

/** `message` is the server's own sentence where there is one; otherwise it is for the log. Cancellation is not an ApiError: it rejects with the signal's reason. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  readonly status: number | undefined;
  readonly errorType: string | undefined;
  readonly errorId: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly obstacle: Obstacle | undefined;
  readonly method: string;
  readonly path: string;

  constructor(message: string, facts: ApiErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.kind = facts.kind;
    this.status = facts.status;
    this.errorType = facts.errorType;
    this.errorId = facts.errorId;
    this.field = facts.field;
    this.retryAfterMs = facts.retryAfterMs;
    this.obstacle = facts.obstacle;
    this.method = facts.method;
    this.path = facts.path;
  }
}

/** A resource that was waited for ended elsewhere: failed, was deleted, or stopped. */
export class ResourceFailedError extends Error {
  override readonly name = 'ResourceFailedError';

  constructor(
    readonly resource: 'snapshot' | 'sandbox',
    readonly resourceName: string,
    readonly status: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** The wait's own timeout ran out; the resource goes on by itself. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';

  constructor(
    readonly resource: 'snapshot' | 'sandbox',
    readonly resourceName: string,
    readonly status: string,
    readonly timeoutMs: number,
  ) {
    super(`${resource} ${resourceName} is still ${status} after ${Math.round(timeoutMs / 1000)} s`);
  }
}
