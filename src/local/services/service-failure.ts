import { PortRefused } from '../dial/relay-connection';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';

/** What a request to a service failed with, for the caller. */
export function serviceFailure(error: unknown, port: number): Error {
  if (error instanceof Failure || error instanceof EngineError) return error;
  const reason =
    error instanceof PortRefused
      ? `Nothing listens on port ${port} of this sandbox. Start the service there, then try again.`
      : `The service on port ${port} of this sandbox broke off without an answer in HTTP.`;
  return new Failure(502, 'ConnectionError', reason);
}
