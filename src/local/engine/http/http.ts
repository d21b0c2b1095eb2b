import type { Duplex, Readable } from 'node:stream';
import { Pool, type Dispatcher } from 'undici';
import type { EngineAddress } from '../address';
import { connectionFailure } from './connection-failure';
import { openHijacked } from './hijack';
import { replyFailure } from './reply-failure';

export interface EngineRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API version, with its parts encoded: see `pathPart`. */
  path: string;
  query?: Record<string, string | string[] | boolean | number | undefined>;
  headers?: Record<string, string>;
  json?: unknown;
  tar?: Readable;
  /** How long the engine may say nothing: a minute unless given, `unlimited` where the signal sets the limit. */
  silence?: number | 'unlimited';
}

export type HijackRequest = Pick<EngineRequest, 'path' | 'json'>;

/** The body must be read, dumped or destroyed by whoever gets it. */
export type EngineReply = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;

/** HTTP to one engine, without an opinion on what is asked. */
export interface EngineHttp {
  /** The engine's address, for messages. */
  url: string;
  /** Gives replies below 400; rejects with EngineError for all else, or with the signal's reason. */
  send(request: EngineRequest, signal: AbortSignal): Promise<EngineReply>;
  /**
   * Sends a request that makes its connection a stream of bytes in both directions, of which each can be ended alone.
   * Rejects as `send` does; the signal goes on to end the stream.
   */
  hijack(request: HijackRequest, signal: AbortSignal): Promise<Duplex>;
  close(): Promise<void>;
}

const connectLimitMs = 5_000;
const usualSilenceMs = 60_000;

/** Opens no connection yet. */
export function openHttp(address: EngineAddress): EngineHttp {
  const { tls } = address;
  const pool = new Pool(address.origin, {
    socketPath: address.socketPath,
    connect: {
      timeout: connectLimitMs,
      ...(tls && { ca: tls.ca, cert: tls.cert, key: tls.key, rejectUnauthorized: tls.isServerVerified }),
    },
  });
  const send = async (request: EngineRequest, signal: AbortSignal): Promise<EngineReply> => {
    signal.throwIfAborted();
    const reply = await pool.request(options(request, signal)).catch((error: unknown) => {
      throw connectionFailure(error, address.url, signal);
    });
    // Who reads the body learns of its end there; one that nobody reads to its end must not end the process.
    reply.body.on('error', () => undefined);
    if (reply.statusCode < 400) return reply;
    const text = await reply.body.text().catch((error: unknown) => {
      throw connectionFailure(error, address.url, signal);
    });
    throw replyFailure(reply.statusCode, text);
  };
  const hijacked = new Set<Duplex>();
  const hijack = async (request: HijackRequest, signal: AbortSignal): Promise<Duplex> => {
    const stream = await openHijacked(address, request, signal);
    hijacked.add(stream);
    stream.once('close', () => hijacked.delete(stream));
    return stream;
  };
  const close = async (): Promise<void> => {
    for (const stream of hijacked) stream.destroy();
    await pool.destroy();
  };
  return { url: address.url, send, hijack, close };
}

/** The same engine, speaking this version of the API. */
export function versioned(http: EngineHttp, version: string): EngineHttp {
  const path = (request: HijackRequest): string => `/v${version}${request.path}`;
  return {
    url: http.url,
    send: (request, signal) => http.send({ ...request, path: path(request) }, signal),
    hijack: (request, signal) => http.hijack({ ...request, path: path(request) }, signal),
    close: () => http.close(),
  };
}

/** A name or id as part of a path. Image names keep their slashes. */
export function pathPart(name: string): string {
  return encodeURIComponent(name).replaceAll('%2F', '/').replaceAll('%3A', ':');
}

function options(request: EngineRequest, signal: AbortSignal): Dispatcher.RequestOptions {
  const silenceMs = request.silence === 'unlimited' ? 0 : (request.silence ?? usualSilenceMs);
  return {
    method: request.method,
    path: request.path + queryText(request.query),
    headers: { ...request.headers, ...contentType(request) },
    body: request.tar ?? (request.json === undefined ? undefined : JSON.stringify(request.json)),
    signal,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  };
}

function contentType({ json, tar }: EngineRequest): Record<string, string> {
  if (tar) return { 'Content-Type': 'application/x-tar' };
  return json === undefined ? {} : { 'Content-Type': 'application/json' };
}

function queryText(query: EngineRequest['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) if (each !== undefined) parameters.append(name, String(each));
  }
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}
