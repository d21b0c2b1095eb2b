import { getBox, getBoxStatus } from './boxes';
import { pause } from './deadline';
import { ApiError, ResourceFailedError, WaitTimeoutError } from './errors';
import { getSnapshot } from './snapshots';
import { defaultTimeoutMs, type Transport } from './transport';
import type { Box, BoxStatus, BoxStatusReply, Snapshot } from './types';

export interface WaitOptions<T> {
  signal?: AbortSignal;
  /** For the whole wait; each poll inside it is bounded too. */
  timeoutMs: number;
  /** Called with each state seen. */
  onUpdate?: (state: T) => void;
}

/** A function is asked before each look: a wait outlives the server's address. */
export type Reach = Transport | (() => Transport);

/** Milliseconds between polls: 30, 35, 40, … 2000. Short waits are noticed early, long ones cost little. */
export function pollDelay(attempt: number): number {
  return Math.min(2000, 30 * 1.15 ** attempt);
}

/**
 * Until the snapshot is `ready`.
 * @throws {ResourceFailedError} it failed or is being deleted
 * @throws {WaitTimeoutError} it goes on by itself
 * @throws {ApiError} the server refused a look, or gave no answer to the last one
 */
export function waitForSnapshot(reach: Reach, id: string, options: WaitOptions<Snapshot>): Promise<Snapshot> {
  return poll(options, {
    look: (call) => getSnapshot(transportOf(reach), id, call),
    result: (snapshot) => (snapshot.status === 'ready' ? snapshot : undefined),
    failure: (snapshot) =>
      snapshot.status === 'failed' || snapshot.status === 'deleting'
        ? endedElsewhere('snapshot', snapshot.name, snapshot)
        : undefined,
    timedOut: ({ name, status }) => new WaitTimeoutError('snapshot', name, status, options.timeoutMs),
  });
}

/**
 * Until the sandbox is in the wanted state, `ready` unless told otherwise.
 * @throws {ResourceFailedError} it ended in another state that it won't leave by itself
 * @throws {WaitTimeoutError} it goes on by itself
 * @throws {ApiError} the server refused a look, or gave no answer to the last one
 */
export function waitForBox(
  reach: Reach,
  id: string,
  {
    onUpdate,
    until: wanted = 'ready',
    ...options
  }: WaitOptions<BoxStatusReply> & { until?: 'ready' | 'stopped' },
): Promise<Box> {
  const final = new Set<BoxStatus>(['failed', 'deleting', wanted === 'ready' ? 'stopped' : 'failed']);
  const look = async (call: Look): Promise<{ reply: BoxStatusReply; box?: Box }> => {
    const reply = await getBoxStatus(transportOf(reach), id, call);
    return reply.status === wanted ? { reply, box: await getBox(transportOf(reach), id, call) } : { reply };
  };
  return poll(
    { ...options, onUpdate: ({ reply }) => onUpdate?.(reply) },
    {
      look,
      result: ({ box }) => box,
      failure: ({ reply }) => (final.has(reply.status) ? endedElsewhere('sandbox', id, reply) : undefined),
      timedOut: ({ reply }) => new WaitTimeoutError('sandbox', id, reply.status, options.timeoutMs),
    },
  );
}

interface Look {
  signal?: AbortSignal;
  timeoutMs: number;
}

interface Poll<T, Result> {
  look: (call: Look) => Promise<T>;
  /** Undefined while it has to be waited for. */
  result: (state: T) => Result | undefined;
  failure: (state: T) => Error | undefined;
  timedOut: (state: T) => Error;
}

/** Looks at once, then on the ramp, and a last time at the deadline. A look without an answer is made up for by the next. */
async function poll<T, Result>(
  { signal, timeoutMs, onUpdate }: WaitOptions<T>,
  { look, result, failure, timedOut }: Poll<T, Result>,
): Promise<Result> {
  const endsAt = performance.now() + timeoutMs;
  for (let attempt = 0; ; attempt++) {
    const isLast = performance.now() >= endsAt;
    try {
      const state = await look({ signal, timeoutMs: lookTimeoutMs(endsAt) });
      onUpdate?.(state);
      const arrived = result(state);
      if (arrived !== undefined) return arrived;
      const ended = failure(state) ?? (isLast ? timedOut(state) : undefined);
      if (ended) throw ended;
    } catch (error) {
      if (isLast || !saysNothing(error) || hungBeyond(endsAt, error)) throw error;
    }
    await pause(Math.max(0, Math.min(pollDelay(attempt), endsAt - performance.now())), signal);
  }
}

const leastLookMs = 5_000;

/** One look that hangs leaves time for others. */
function lookTimeoutMs(endsAt: number): number {
  return Math.min(defaultTimeoutMs, Math.max(leastLookMs, endsAt - performance.now()));
}

/** A look that began in time and hung until there was none left: another would hang as well. */
function hungBeyond(endsAt: number, error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'deadline' && performance.now() >= endsAt;
}

/** Whether the resource may well go on behind a failed look: what it stands at was not told. */
function saysNothing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  switch (error.kind) {
    case 'unreachable':
    case 'ambiguous':
    case 'deadline':
    case 'timeout':
    case 'unavailable':
    case 'quota':
      return true;
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'invalid':
    case 'server':
      return false;
  }
}

function transportOf(reach: Reach): Transport {
  return typeof reach === 'function' ? reach() : reach;
}

function endedElsewhere(
  resource: 'snapshot' | 'sandbox',
  name: string,
  state: { status: string; status_message?: string | null },
): ResourceFailedError {
  const reason = state.status_message ?? `it is ${state.status}`;
  return new ResourceFailedError(resource, name, state.status, reason);
}
