import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Transport, type RequestRecord } from '../../../src/api/transport';

export interface SeenRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest, count: number) => void;

/** A real HTTP server on loopback that answers each request as the test says, and a transport to it. */
export async function scripted(answer: Answer): Promise<{
  transport: Transport;
  endpoint: string;
  seen: SeenRequest[];
  records: RequestRecord[];
  server: Server;
}> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const answered = text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body };
      seen.push(entry);
      answer(response, entry, seen.length);
    });
    // A client that goes away while it sends wants no answer.
    answered.catch((failure: unknown) => {
      if (!request.errored) throw failure;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const records: RequestRecord[] = [];
  const transport = new Transport({
    endpoint,
    apiKey: new Secret('key-for-the-wire'),
    onRequest: (record) => records.push(record),
  });
  onTestFinished(async () => {
    await transport.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { transport, endpoint, seen, records, server };
}

export function reply(response: ServerResponse, status: number, body?: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
