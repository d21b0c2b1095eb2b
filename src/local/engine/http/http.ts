import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { EngineAddress } from '../address';
import { connectionFailure } from './connection-failure';
import { openHijacked } from './hijack';
import { replyTo } from './reply';
import { replyFailure } from './reply-failure';
import { engineClient } from './request';

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

/** To be read to its end or destroyed by whoever gets it, as slowly as they want. */
export type EngineReply = Pick<IncomingMessage, 'headers'> & Readable;

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
  /** Ends what is under way. */
  close(): Promise<void>;
}

const usualSilenceMs = 60_000;

/** Opens no connection yet. */
export function openHttp(address: EngineAddress): EngineHttp {
  const client = engineClient(address);
  let isClosed = false;
  const send = async (request: EngineRequest, signal: AbortSignal): Promise<EngineReply> => {
    signal.throwIfAborted();
    try {
      if (isClosed) throw new Error('the connection was closed');
      const { method, path, query, json, tar, silence = usualSilenceMs } = request;
      const headers = { ...request.headers, ...contentType(request) };
      const opened = client.open({ method, path: path + queryText(query), headers });
      const body = tar ?? (json === undefined ? undefined : JSON.stringify(json));
      const reply = await replyTo(opened, body, silence === 'unlimited' ? undefined : silence, signal);
      const { statusCode = 0 } = reply;
      if (statusCode < 400) return reply;
      throw replyFailure(statusCode, await text(reply));
    } catch (error) {
      throw connectionFailure(error, address.url, signal);
    }
  };
  const hijacked = new Set<Duplex>();
  const hijack = async (request: HijackRequest, signal: AbortSignal): Promise<Duplex> => {
    if (isClosed) throw connectionFailure(new Error('the connection was closed'), address.url, signal);
    const stream = await openHijacked(client, address.url, request, signal);
    hijacked.add(stream);
    stream.once('close', () => hijacked.delete(stream));
    return stream;
  };
  const close = (): Promise<void> => {
    isClosed = true;
    for (const stream of hijacked) stream.destroy();
    client.close();
    return Promise.resolve();
  };
  return { url: address.url, send, hijack, close };
}

/** The same engine, asked with this before each path. */
export function prefixed(http: EngineHttp, prefix: string): EngineHttp {
  const path = (request: HijackRequest): string => prefix + request.path;
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
