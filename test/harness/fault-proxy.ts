import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { until } from './until';

/** What becomes of an answer on its way, in place of being handed on as it is. */
export type Fault =
  /** The server is not asked at all. */
  | { kind: 'refused'; status: number; headers?: Record<string, string>; message: string }
  /** The server is asked at once; its answer waits for this. */
  | { kind: 'late'; until: Promise<unknown> }
  /** `cut`: the connection ends after these bytes, though all were promised. */
  | { kind: 'altered'; body: (text: string) => string; isCut?: boolean }
  /** No page is longer than this, whatever was asked for. `before` comes before the server is asked. */
  | { kind: 'short-pages'; rows: number; before?: () => unknown };

export type RequestKind = 'sandbox list' | 'snapshot list' | 'look' | 'sandbox' | 'snapshot' | 'other';

/** One request as it went through. Times are in epoch milliseconds. */
export interface Passage {
  readonly kind: RequestKind;
  /** `METHOD /path?query` below the control plane's prefix. */
  readonly line: string;
  readonly askedAt: number;
  answeredAt?: number;
  /** Of an answer that went through whole, or was refused here. */
  status?: number;
  /** Of an answer that went through whole. */
  text?: string;
}

/** Stands between the extension and a server, counts what passes, and spoils what `fault` says. */
export interface FaultProxy {
  readonly endpoint: string;
  readonly passages: Passage[];
  /** Asked for each request. */
  fault: ((passage: Passage) => Fault | undefined) | undefined;
  /** How many requests of each kind began from then on. */
  counts(since?: number): Partial<Record<RequestKind, number>>;
  /** Nobody listens any more, and all connections are broken. */
  leave(): Promise<void>;
  /** Listens again where it did. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const prefix = '/api/v2/sandboxes';

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let port = 0;
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const leave = (): Promise<void> => {
    const left = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return left;
  };

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    const line = `${method} ${url.replace(prefix, '')}`;
    const passage: Passage = { kind: kindOf(line), line, askedAt: Date.now() };
    proxy.passages.push(passage);
    const sent = await buffer(request);
    const fault = proxy.fault?.(passage);
    const end = (status: number, more: Record<string, string>, body: Buffer | string): void => {
      // From before it is sent: whoever hears it counts from later on.
      const at = Date.now();
      response.on('finish', () => (passage.answeredAt = at));
      passage.status = status;
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(body);
    };
    if (fault?.kind === 'refused') {
      end(fault.status, fault.headers ?? {}, JSON.stringify({ detail: { message: fault.message } }));
      return;
    }
    if (fault?.kind === 'short-pages') fault.before?.();
    const answer = await fetch(
      `${target}${fault?.kind === 'short-pages' ? shortened(url, fault.rows) : url}`,
      {
        method,
        headers: { 'x-api-key': String(headers['x-api-key']), 'content-type': 'application/json' },
        body: sent.length > 0 ? sent : undefined,
      },
    );
    const text = await answer.text();
    if (fault?.kind === 'late') await fault.until;
    if (fault?.kind !== 'altered') {
      passage.text = text;
      end(answer.status, {}, text);
    } else if (fault.isCut) {
      response.writeHead(answer.status, { 'content-length': Buffer.byteLength(text) });
      response.write(fault.body(text), () => response.destroy());
    } else end(answer.status, {}, fault.body(text));
  };

  await listen();
  port = (server.address() as AddressInfo).port;
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${port}`,
    passages: [],
    fault: undefined,
    counts: (since = 0) => {
      const counts: Partial<Record<RequestKind, number>> = {};
      for (const { kind, askedAt } of proxy.passages) {
        if (askedAt >= since) counts[kind] = (counts[kind] ?? 0) + 1;
      }
      return counts;
    },
    leave,
    comeBack: () =>
      // Its port may serve as the near end of somebody's connection meanwhile.
      until('the port to be free again', () =>
        listen()
          .then(
            () => undefined,
            () => undefined,
          )
          .then(() => server.listening || undefined),
      ).then(() => undefined),
    close: leave,
  };
  return proxy;
}

function kindOf(line: string): RequestKind {
  if (/^GET \/boxes(\?|$)/.test(line)) return 'sandbox list';
  if (/^GET \/snapshots(\?|$)/.test(line)) return 'snapshot list';
  if (/^GET \/boxes\/[^/]+\/status$/.test(line)) return 'look';
  if (/^GET \/boxes\/[^/]+$/.test(line)) return 'sandbox';
  return /^GET \/snapshots\/[^/]+$/.test(line) ? 'snapshot' : 'other';
}

function shortened(url: string, rows: number): string {
  return url.replace(/\blimit=(\d+)/, (_, limit: string) => `limit=${Math.min(Number(limit), rows)}`);
}
