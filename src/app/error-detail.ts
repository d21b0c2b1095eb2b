import { inspect } from 'node:util';
import { ApiError, ResourceFailedError, WaitTimeoutError } from '../api/errors';
import { SnapshotInUseError } from './dependents';
import { LocalServerError } from './local-process/server-error';

/** What the log says of an error: what was expected to go wrong in short, a fault with its stack and causes. */
export function errorDetail(error: unknown): string {
  if (error instanceof ApiError) {
    const { method, path, status, errorType, errorId, message } = error;
    const facts = [status, errorType, errorId && `error_id ${errorId}`].filter(Boolean).join(', ');
    return `${method} ${path}: ${message}${facts === '' ? '' : ` (${facts})`}`;
  }
  if (error instanceof LocalServerError) return [error.problem, ...error.lines].join('\n  ');
  if (error instanceof ResourceFailedError || error instanceof WaitTimeoutError) return error.message;
  if (error instanceof SnapshotInUseError) return errorDetail(error.cause);
  return inspect(error, { depth: 4 });
}
