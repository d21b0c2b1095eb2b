import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { detailOf } from './error-reply';
import { Failure } from './failure';
import type { Log } from './log';

/** Node's own name for the answer under way on a connection. */
type Connection = Duplex & { _httpMessage?: ServerResponse | null };

/** Answers in the wire's form what never becomes a request: no HTTP, too much of it, or a call for a proxy. */
export function answerMalformed(server: Server, log: Log): void {
  const refuse = (connection: Connection, status: number, failure: Failure): void => {
    const errorId = randomUUID();
    log.info(`error ${errorId}: ${status} ${failure.type}: ${failure.message}`);
    const body = JSON.stringify({ detail: detailOf(failure, errorId) });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    connection.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
  server.on('clientError', (error: NodeJS.ErrnoException, connection: Connection) => {
    if (connection.writable && !connection._httpMessage?.headersSent) {
      refuse(connection, ...failureOf(error.code));
    } else connection.destroy();
  });
  server.on('connect', (_request: IncomingMessage, connection: Connection) => {
    connection.on('error', () => undefined); // whoever called is gone then
    refuse(connection, 405, new Failure(405, 'MethodNotAllowed', 'This server is no proxy. Call it itself.'));
  });
}

/** What can't be told to a handler, because there is no request it could be given: one without a Host, or a bad one. */
export function answerUnreadable(): Response {
  const failure = malformed(
    'Name this server in one Host header, such as 127.0.0.1, and give a path that is a URL.',
  );
  return Response.json({ detail: detailOf(failure, randomUUID()) }, { status: failure.status });
}

function failureOf(code: string | undefined): [status: number, Failure] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return [431, malformed('The path and headers are too long. Send shorter ones.')];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return [408, new Failure(408, 'Timeout', 'The request did not arrive in time. Send it again.')];
  return [400, malformed('This is not an HTTP request as RFC 9112 has it. Mend it and send it again.')];
}

function malformed(message: string): Failure {
  return new Failure(400, 'InvalidRequest', message);
}
