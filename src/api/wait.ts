import { getBox, getBoxStatus } from './boxes';
import { pause } from './deadline';
import { ResourceFailedError, WaitTimeoutError } from './errors';
import { getSnapshot } from './snapshots';
import type { Transport } from './transport';
import type { Box, BoxStatus, BoxStatusReply, Snapshot } from './types';

export interface WaitOptions<T> {
  signal?: AbortSignal;
  /** For the whole wait; each poll inside it is bounded too. */
  timeoutMs: number;
  /** Called with each state seen. */
  onUpdate?: (state: T) => void;
}

/** Milliseconds between polls: 100, 120, 144, … 2000. Short waits are noticed early, long ones cost little. */
export function pollDelay(attempt: number): number {
  return Math.min(2000, 100 * 1.2 ** attempt);
}

/**
 * Until the snapshot is `ready`.
 * @throws {ResourceFailedError} it failed or is being deleted
 * @throws {WaitTimeoutError} it goes on by itself
 */
export function waitForSnapshot(
  transport: Transport,
  id: string,
  options: WaitOptions<Snapshot>,
): Promise<Snapshot> {
  return poll(options, {
    look: (call) => getSnapshot(transport, id, call),
    isDone: ({ status }) => status === 'ready',
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
 */
export async function waitForBox(
  transport: Transport,
  id: string,
  options: WaitOptions<BoxStatusReply> & { until?: 'ready' | 'stopped' },
): Promise<Box> {
  const wanted = options.until ?? 'ready';
  const final = new Set<BoxStatus>(['failed', 'deleting', wanted === 'ready' ? 'stopped' : 'failed']);
  await poll(options, {
    look: (call) => getBoxStatus(transport, id, call),
    isDone: ({ status }) => status === wanted,
    failure: (reply) => (final.has(reply.status) ? endedElsewhere('sandbox', id, reply) : undefined),
    timedOut: ({ status }) => new WaitTimeoutError('sandbox', id, status, options.timeoutMs),
  });
  return getBox(transport, id, { signal: options.signal });
}

interface Poll<T> {
  look: (call: { signal?: AbortSignal; timeoutMs: number }) => Promise<T>;
  isDone: (state: T) => boolean;
  failure: (state: T) => Error | undefined;
  timedOut: (state: T) => Error;
}

/** Looks at once, then on the ramp, and a last time at the deadline. */
async function poll<T>({ signal, timeoutMs, onUpdate }: WaitOptions<T>, poll: Poll<T>): Promise<T> {
  const endsAt = performance.now() + timeoutMs;
  for (let attempt = 0; ; attempt++) {
    const isLast = performance.now() >= endsAt;
    const state = await poll.look({ signal, timeoutMs: Math.max(5_000, endsAt - performance.now()) });
    onUpdate?.(state);
    if (poll.isDone(state)) return state;
    const failure = poll.failure(state) ?? (isLast ? poll.timedOut(state) : undefined);
    if (failure) throw failure;
    await pause(Math.max(0, Math.min(pollDelay(attempt), endsAt - performance.now())), signal);
  }
}

function endedElsewhere(
  resource: 'snapshot' | 'sandbox',
  name: string,
  state: { status: string; status_message?: string | null },
): ResourceFailedError {
  const reason = state.status_message ?? `it is ${state.status}`;
  return new ResourceFailedError(resource, name, state.status, reason);
}
