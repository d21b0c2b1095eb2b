import type { Dispatcher } from 'undici';
import { abortable } from './abortable';
import { Deadline, pause } from './deadline';
import { sandboxesPath } from './endpoint';
import { ApiError } from './errors';
import { failureOfReply, failureOfThrown, withUnusedProxy, type Call } from './failure';
import type { Line, LineLimits } from './network/line';
import { makeNetwork, type Network, type NetworkOptions } from './network/network';
import { openLine } from './network/open-line';
import { baseHeaders, callOf, dispatchOptions, type RequestSpec } from './request';
import { readStart } from './reply-start';
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

export interface TransportOptions extends NetworkOptions {
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

export type Reply = Dispatcher.ResponseData;

export const defaultTimeoutMs = 30_000;

/**
 * HTTP to one endpoint, with its key, deadlines and retries.
 * Only what reads is ever sent twice: whatever changes something on the server is sent once.
 */
export class Transport {
  readonly #network: Network;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#network = makeNetwork(options);
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
   * A successful reply with its body as it arrives. `timeoutMs` bounds the wait for the reply's head;
   * while the body streams, `signal` alone ends it, and `silenceMs`.
   */
  async reply(spec: RequestSpec, options: CallOptions = {}): Promise<Reply> {
    return this.#call(spec, options, (reply) => Promise.resolve(reply));
  }

  /** The body alone. */
  async stream(spec: RequestSpec, options: CallOptions = {}): Promise<Reply['body']> {
    return (await this.reply(spec, options)).body;
  }

  /**
   * Opens a WebSocket into a sandbox, once; `timeoutMs` bounds its opening. `signal` ends it then as well.
   * @throws {ApiError} with the server's sentence when it refuses
   */
  async line(
    url: string,
    { signal, timeoutMs = defaultTimeoutMs, limits }: CallOptions & { limits?: LineLimits } = {},
  ): Promise<Line> {
    const call = callOf({ method: 'GET', url, isDataplane: true });
    using deadline = new Deadline(timeoutMs, signal);
    try {
      return await this.#recorded(call, deadline.signal, async (record) => {
        const opening = { headers: baseHeaders(this.#options), signal: deadline.signal, limits };
        const line = await openLine(this.#network, { ...call, url }, opening);
        record(101);
        line.endWith(signal);
        return line;
      });
    } catch (thrown) {
      throw this.#failure(url, failureOfThrown(call, thrown, deadline.signal, timeoutMs));
    }
  }

  /** Ends every open call. */
  close(): Promise<void> {
    return this.#network.dispatcher.destroy();
  }

  async #call<T>(
    spec: RequestSpec,
    options: CallOptions,
    read: (reply: Dispatcher.ResponseData, call: Call) => Promise<T>,
  ): Promise<T> {
    const call = callOf(spec);
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    using deadline = new Deadline(timeoutMs);
    // The caller's signal outlives the deadline: it ends a body that still streams.
    const signal = options.signal ? AbortSignal.any([options.signal, deadline.signal]) : deadline.signal;
    for (let attempt = 1; ; attempt++) {
      try {
        return await abortable(read(await this.#attempt(spec, call, signal), call), signal);
      } catch (thrown) {
        const failure = this.#failure(spec.url, failureOfThrown(call, thrown, signal, timeoutMs));
        const delayMs = retryDelay(spec, attempt, failure);
        if (delayMs === undefined || delayMs >= deadline.left) throw failure;
        await pause(delayMs, signal).catch((reason: unknown) => {
          throw failureOfThrown(call, reason, signal, timeoutMs);
        });
      }
    }
  }

  #failure(url: string, failure: unknown): unknown {
    return withUnusedProxy(failure, this.#network.unusedProxyFor(new URL(url)));
  }

  #attempt(spec: RequestSpec, call: Call, signal: AbortSignal): Promise<Reply> {
    return this.#recorded(call, signal, async (record) => {
      const reply = await this.#network.dispatcher.request(dispatchOptions(spec, this.#options, signal));
      record(reply.statusCode);
      // Who reads the body learns of its end there; one that nobody reads to its end must not end the process.
      reply.body.on('error', () => undefined);
      if (reply.statusCode < 400) return reply;
      throw failureOfReply(call, reply.statusCode, reply.headers, await readStart(reply.body));
    });
  }

  /** `send` tells the status as soon as there is one; a refusal tells its own. */
  async #recorded<T>(
    call: Call,
    signal: AbortSignal,
    send: (record: (status: number) => void) => Promise<T>,
  ): Promise<T> {
    const startedAt = performance.now();
    let isTold = false;
    const tell = (outcome: Pick<RequestRecord, 'status' | 'error'>): void => {
      if (isTold) return;
      isTold = true;
      this.#options.onRequest?.({
        ...call,
        durationMs: Math.round(performance.now() - startedAt),
        ...outcome,
      });
    };
    try {
      return await send((status) => tell({ status }));
    } catch (thrown) {
      if (thrown instanceof ApiError) tell({ status: thrown.status });
      else tell({ error: signal.aborted ? 'aborted' : describe(thrown) });
      throw thrown;
    }
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'broken';
}
