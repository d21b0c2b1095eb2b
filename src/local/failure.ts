/** Statuses that the wire gives a failure. */
export type FailureStatus = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 422 | 426 | 500 | 501 | 502 | 503;

/** One field that was refused. `loc` as the wire has it: `body` or `query`, then the way to the field. */
export interface FieldFailure {
  loc: (string | number)[];
  msg: string;
}

/**
 * A call that can't be done, for a reason the caller is told. `message` is one sentence that says what to do;
 * it holds no secret. It gets the full stop that reasons from elsewhere lack. `type` is the wire's `detail.error`.
 */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly status: FailureStatus,
    readonly type: string,
    message: string,
    readonly fields: FieldFailure[] = [],
  ) {
    super(/[.?!]$/.test(message) ? message : `${message}.`);
  }
}

/** What passes by itself within seconds, as far as anybody knows. */
const retryAfterSeconds = 2;

/** The wire wants it of every 503. */
export function retryHeader({ status }: Failure): Record<string, string> {
  return status === 503 ? { 'Retry-After': String(retryAfterSeconds) } : {};
}

export function invalidFields(fields: FieldFailure[]): Failure {
  return new Failure(422, 'ValidationError', fields.map(({ msg }) => msg).join(' '), fields);
}

export function invalidField(field: string, msg: string): Failure {
  return invalidFields([{ loc: ['body', field], msg }]);
}

export function invalidRequest(message: string): Failure {
  return new Failure(400, 'InvalidRequest', message);
}

export function conflict(message: string): Failure {
  return new Failure(409, 'Conflict', message);
}

export function notFound(resource: 'sandbox' | 'snapshot' | 'registry', asked: string): Failure {
  return new Failure(404, 'NotFound', `There is no ${resource} ${asked} here.`);
}
