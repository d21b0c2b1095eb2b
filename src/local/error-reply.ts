import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { EngineError } from './engine/engine-error';
import { Failure, retryHeader } from './failure';
import type { Log } from './log';
import type { RouterEnvironment } from './router';

/** The wire's error body. Every failure has an id, which the log line bears as well. */
export function answerError(error: unknown, context: Context<RouterEnvironment>, log: Log): Response {
  const errorId = randomUUID();
  const failure = asFailure(error);
  const cause =
    error === failure ? '' : ` (${error instanceof Error ? (error.stack ?? error.message) : String(error)})`;
  if (!context.env.incoming.complete) context.header('Connection', 'close'); // its unread body is in the way
  if (!context.req.raw.signal.aborted)
    log.info(`error ${errorId}: ${failure.status} ${failure.type}: ${failure.message}${cause}`);
  const status = failure.status as ContentfulStatusCode;
  return context.json({ detail: detailOf(failure, errorId) }, status, retryHeader(failure));
}

export function answerUnknownPath(): never {
  throw new Failure(404, 'NotFound', 'This server has nothing under this path.');
}

/** What the caller is told of any error. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof EngineError && error.kind === 'engine-unreachable') {
    return new Failure(503, 'ServiceUnavailable', `The container engine does not answer: ${error.message}`);
  }
  if (error instanceof EngineError) {
    return new Failure(500, 'EngineError', `The container engine refused: ${error.message}`);
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new Failure(503, 'ServiceUnavailable', 'The container engine did not answer in time. Try again.');
  }
  return new Failure(
    500,
    'InternalError',
    'The local server failed. Its log has the reason under this error id.',
  );
}

/** Refused fields have the list form, as the SDKs expect of a 422. */
export function detailOf({ type, message, fields }: Failure, errorId: string): unknown {
  return fields.length > 0
    ? fields.map((field) => ({ ...field, type: 'value_error' }))
    : { error: type, message, error_id: errorId };
}
