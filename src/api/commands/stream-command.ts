import { dataplaneUrl } from '../dataplane';
import { ApiError } from '../errors';
import { failureOfThrown } from '../failure';
import type { CallOptions, Transport } from '../transport';
import type { Box } from '../types';
import type { OutputStream, StreamStartRequest } from '../wire/command-frames';
import { makeCommandId } from './command-id';
import { readCommandEvents, type CommandEvent } from './event-frames';
import { Persistence, type PersistenceLimits } from '../persistence';
import { failureOfFrame } from './server-frame';

export interface BytesChunk {
  stream: OutputStream;
  /** As the command wrote them. */
  bytes: Buffer;
  /** Of the first byte, in its stream. */
  offset: number;
}

/** The server says something every 15 s. */
const usualSilenceMs = 60_000;
const farewellMs = 1_000;

/**
 * Runs a command over a stream of events: for networks without WebSockets, and for output that is not text.
 * Gives its output byte for byte as fast as it is taken, and returns the exit code. No input, no terminal; `attachCommand` can kill it.
 * @throws {ApiError} the server ended it, refused, or could not be reached any more
 */
export async function* streamCommand(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  request: Omit<StreamStartRequest, 'command_id'> & { command_id?: string },
  {
    persistence: limits,
    silenceMs = usualSilenceMs,
    ...options
  }: CallOptions & { persistence?: PersistenceLimits; silenceMs?: number } = {},
): AsyncGenerator<BytesChunk, number> {
  const base = `${dataplaneUrl(transport, box)}/execute/stream`;
  const start = { ...request, command_id: request.command_id ?? makeCommandId() };
  const signal = options.signal ?? new AbortController().signal;
  const offsets = { stdout: 0, stderr: 0 };
  const persistence = new Persistence(limits);
  let isStarted = false;
  let exitCode: number | undefined;
  for (;;) {
    try {
      // Sent again with the same id it attaches to the command instead of running it twice.
      const spec = isStarted
        ? { url: `${base}/resume`, json: resume(start.command_id, offsets) }
        : { url: `${base}/start`, json: start };
      const body = await transport.stream({ method: 'POST', isDataplane: true, silenceMs, ...spec }, options);
      let isFull = false;
      let isFurther = false;
      for await (const event of readCommandEvents(body)) {
        if (event.type === 'started') isStarted = true;
        if (event.type === 'exit') {
          exitCode = event.exit_code;
          // Read to its end, the connection serves the next call; a server that does not end it is not waited for.
          setTimeout(() => body.destroy(), farewellMs).unref();
        }
        if (event.type === 'error') throw failureOf(event, base);
        if (event.type === 'ack_required') {
          isFull = true;
          break;
        }
        persistence.reset();
        const chunk = take(event, offsets);
        if (!chunk) continue;
        isFurther = true;
        yield chunk;
      }
      // A full buffer is emptied by the offsets of the next request; one that stays full leads nowhere.
      if (exitCode === undefined && (!isFull || !isFurther)) throw broken(base);
      if (exitCode !== undefined) return exitCode;
    } catch (thrown) {
      if (exitCode !== undefined) return exitCode;
      const call = { method: 'POST', path: new URL(base).pathname };
      const failure = failureOfThrown(call, thrown, signal, options.timeoutMs ?? 0);
      await persistence.next(failure, { signal });
    }
  }
}

function resume(command_id: string, offsets: Record<OutputStream, number>): object {
  return { command_id, stdout_offset: offsets.stdout, stderr_offset: offsets.stderr };
}

/** The part of an event that has not been given yet. */
function take(event: CommandEvent, offsets: Record<OutputStream, number>): BytesChunk | undefined {
  if (event.type !== 'stdout' && event.type !== 'stderr') return undefined;
  const known = Math.max(0, offsets[event.type] - event.offset);
  if (known >= event.bytes.length) return undefined;
  offsets[event.type] = event.offset + event.bytes.length;
  return { stream: event.type, bytes: event.bytes.subarray(known), offset: event.offset + known };
}

function failureOf(event: CommandEvent & { type: 'error' }, base: string): ApiError {
  return event.error_type === 'ServerShuttingDown'
    ? broken(base)
    : failureOfFrame(event, new URL(base).pathname);
}

function broken(base: string): ApiError {
  const facts = { kind: 'ambiguous', method: 'POST', path: new URL(base).pathname } as const;
  return new ApiError('The stream of the command broke', facts);
}
