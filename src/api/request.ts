import type { Readable } from 'node:stream';
import type { Dispatcher, FormData } from 'undici';
import type { Call } from './failure';
import type { Secret } from './secret';

export interface RequestSpec {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute: from `Transport.url`, or a sandbox's dataplane URL. */
  url: string;
  /** Of a POST that changes nothing: it may be sent again. */
  isRead?: boolean;
  /** Into a sandbox, where a 403 says that the key may not do that, and not that it is refused. */
  isDataplane?: boolean;
  /** A list repeats its key. */
  query?: Record<string, string | number | boolean | string[] | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  body?: Readable | FormData;
  /** Milliseconds without a byte of the reply's body after which the connection counts as broken; none unless told. */
  silenceMs?: number;
}

export interface Caller {
  apiKey?: Secret;
  headers?: Record<string, string>;
}

export function callOf({
  method,
  url,
  isDataplane,
}: Pick<RequestSpec, 'method' | 'url' | 'isDataplane'>): Call {
  return { method, path: new URL(url).pathname, isDataplane };
}

export function baseHeaders({ apiKey, headers }: Caller): Record<string, string> {
  return { ...headers, ...(apiKey && { 'x-api-key': apiKey.reveal() }) };
}

export function dispatchOptions(
  spec: RequestSpec,
  caller: Caller,
  signal: AbortSignal,
): Dispatcher.RequestOptions {
  const url = new URL(spec.url);
  const headers = { accept: 'application/json', ...baseHeaders(caller), ...spec.headers };
  return {
    origin: url.origin,
    path: url.pathname,
    query: definedOnly(spec.query),
    method: spec.method,
    headers: spec.json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: spec.json === undefined ? (spec.body ?? null) : JSON.stringify(spec.json),
    signal,
    headersTimeout: 0,
    bodyTimeout: spec.silenceMs ?? 0,
  };
}

function definedOnly(query: RequestSpec['query'] = {}): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(query).filter(
      (entry): entry is [string, string | number | boolean | string[]] => entry[1] !== undefined,
    ),
  );
}
