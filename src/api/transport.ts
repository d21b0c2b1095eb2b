import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, type FormData } from 'undici';
import { Deadline, pause } from './deadline';
import { sandboxesPath } from './endpoint';
import { ApiError } from './errors';
import { failureOfReply, failureOfThrown, type Call } from './failure';
import { retryDelay } from './retry';
import type { Secret } from './secret';

/** One line for the log: never headers, bodies or queries. */
export interface RequestRecord {
  method: string;
  path: string;
  /** HTTP status; absent when no reply came. */
  status?: number;
  durationMs: number;
  /** Why no reply came. */
  error?: string;
}

export interface TransportOptions {
  /** As `parseEndpoint` gives it. */
  endpoint: string;
  apiKey?: Secret;
  /** Further headers, such as `X-Tenant-Id`. */
  headers?: Record<string, string>;
  onRequest?: (record: RequestRecord) => void;
}

export interface CallOptions {
  /** Aborting it ends the call at once with the signal's reason. */
  signal?: AbortSignal;
  /** For the whole call, retries and body included; default 30 s. */
  timeoutMs?: number;
}

export interface RequestSpec {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute: from `Transport.url`, or a sandbox's dataplane URL. */
  url: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  body?: Readable | FormData;
}

export const defaultTimeoutMs = 30_000;
const largestErrorBody = 64 * 1024;

/**
 * HTTP to one endpoint, with its key, deadlines and retries.
 * Only GET and HEAD are ever sent twice: whatever changes something on the server is sent once.
 */
export class Transport {
  readonly #agent = new Agent({ connect: { timeout: 10_000 }, keepAliveTimeout: 10_000 });
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** An address of the control plane; each segment is percent-encoded, so a name may hold `/` and `:`. */
  url(...segments: string[]): string {
    return [`${this.#options.endpoint}${sandboxesPath}`, ...segments.map(encodeURIComponent)].join('/');
  }

  /** An address below the endpoint that is not part of the sandbox API. */
  outsideUrl(path: string): string {
    return `${this.#options.endpoint}${path}`;
  }

  /** The JSON of a successful reply; undefined for an empty one. */
  async json<T>(spec: RequestSpec, options: CallOptions = {}): Promise<T> {
    return this.#call(spec, options, async (reply, call) => {
      const text = await reply.body.text();
      if (text === '') return undefined as T;
      try {
        return JSON.parse(text) as T;
      } catch (cause) {
        const message = `${call.method} ${call.path} was answered with something that is not JSON`;
        throw new ApiError(message, { ...call, kind: 'server', status: reply.statusCode }, { cause });
      }
    });
  }

  /** For replies without a body. */
  async send(spec: RequestSpec, options: CallOptions = {}): Promise<void> {
    await this.#call(spec, options, (reply) => reply.body.dump());
  }

  /**
   * The body of a successful reply as it arrives. `timeoutMs` bounds the wait for the reply's head;
   * while the body streams, `signal` alone ends it.
   */
  async stream(spec: RequestSpec, options: CallOptions = {}): Promise<Dispatcher.ResponseData['body']> {
    const call = callOf(spec);
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    using deadline = new Deadline(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline.signal]) : deadline.signal;
    try {
      return (await this.#attempt(spec, call, signal)).body;
    } catch (thrown) {
      throw failureOfThrown(call, thrown, signal, timeoutMs);
    }
  }

  /** Ends every open call. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #call<T>(
    spec: RequestSpec,
    options: CallOptions,
    read: (reply: Dispatcher.ResponseData, call: Call) => Promise<T>,
  ): Promise<T> {
    const call = callOf(spec);
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    using deadline = new Deadline(timeoutMs, options.signal);
    for (let attempt = 1; ; attempt++) {
      try {
        return await read(await this.#attempt(spec, call, deadline.signal), call);
      } catch (thrown) {
        const failure = failureOfThrown(call, thrown, deadline.signal, timeoutMs);
        const delayMs = retryDelay(spec.method, attempt, failure);
        if (delayMs === undefined || delayMs >= deadline.left) throw failure;
        await pause(delayMs, deadline.signal).catch((reason: unknown) => {
          throw failureOfThrown(call, reason, deadline.signal, timeoutMs);
        });
      }
    }
  }

  async #attempt(spec: RequestSpec, call: Call, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const startedAt = performance.now();
    const record = (outcome: Pick<RequestRecord, 'status' | 'error'>): void =>
      this.#options.onRequest?.({
        ...call,
        durationMs: Math.round(performance.now() - startedAt),
        ...outcome,
      });
    try {
      const reply = await this.#agent.request(this.#dispatch(spec, signal));
      record({ status: reply.statusCode });
      // Who reads the body learns of its end there; one that nobody reads to its end must not end the process.
      reply.body.on('error', () => undefined);
      if (reply.statusCode < 400) return reply;
      throw failureOfReply(call, reply.statusCode, reply.headers, await readStart(reply.body));
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) record({ error: signal.aborted ? 'aborted' : describe(thrown) });
      throw thrown;
    }
  }

  #dispatch(spec: RequestSpec, signal: AbortSignal): Dispatcher.RequestOptions {
    const url = new URL(spec.url);
    const headers: Record<string, string> = { accept: 'application/json', ...this.#options.headers };
    if (this.#options.apiKey) headers['x-api-key'] = this.#options.apiKey.reveal();
    if (spec.json !== undefined) headers['content-type'] = 'application/json';
    return {
      origin: url.origin,
      path: url.pathname,
      query: definedOnly(spec.query),
      method: spec.method,
      headers,
      body: spec.json === undefined ? (spec.body ?? null) : JSON.stringify(spec.json),
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    };
  }
}

function callOf(spec: RequestSpec): Call {
  return { method: spec.method, path: new URL(spec.url).pathname };
}

/** Enough of an error's body to read its sentence; the rest is dropped with the connection. */
async function readStart(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= largestErrorBody) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function definedOnly(query: RequestSpec['query'] = {}): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(query).filter(
      (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
    ),
  );
}

function describe(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'broken';
}
