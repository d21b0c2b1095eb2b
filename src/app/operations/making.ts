import { listSnapshots } from '../../api/snapshots';
import { isMadeSince } from '../../api/made-since';
import type { CallOptions } from '../../api/transport';
import type { Snapshot, SnapshotStatus } from '../../api/types';
import type { Session } from '../session';

const lookTimeoutMs = 5_000;

interface Making<T> {
  readonly ask: () => Promise<T>;
  /** Finds what a request sent at `startedAt` (epoch milliseconds) has made; undefined when that is nothing. */
  readonly find: (startedAt: number, call: CallOptions) => Promise<T | undefined>;
}

/**
 * Sends a request that makes something. When the user cancels before its answer, the server may have made it all the
 * same: it is looked for, 5 s at most, so that it can be told what was left. Rejects as `ask` does.
 */
export async function making<T>(
  signal: AbortSignal,
  started: (made: T) => void,
  { ask, find }: Making<T>,
): Promise<T> {
  const startedAt = Date.now();
  try {
    const made = await ask();
    started(made);
    return made;
  } catch (error) {
    if (signal.aborted) {
      const made = await find(startedAt, { timeoutMs: lookTimeoutMs }).catch(() => undefined);
      if (made) started(made);
    }
    throw error;
  }
}

/** The newest of that name that is being built or captured since `startedAt`, in epoch milliseconds. */
export function findBuilding(
  session: Session,
  name: string,
  startedAt: number,
  call: CallOptions,
): Promise<Snapshot | undefined> {
  return findMadeSnapshot(session, name, startedAt, call, 'building');
}

/** As `findBuilding`, whatever became of it unless a status is given. */
export async function findMadeSnapshot(
  { transport }: Session,
  name: string,
  startedAt: number,
  call: CallOptions,
  status?: SnapshotStatus,
): Promise<Snapshot | undefined> {
  const query = { name_contains: name, status, sort_by: 'created_at', sort_order: 'desc' } as const;
  const { items } = await listSnapshots(transport, query, call);
  return items.find((snapshot) => snapshot.name === name && isMadeSince(snapshot, startedAt));
}
