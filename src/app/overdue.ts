import type { Box, Snapshot } from '../api/types';
import type { PendingAction } from './pending';

const minute = 60_000;

/** Milliseconds after which a change of state is taken for stuck. A build may well load gigabytes. */
const usualMs: Partial<Record<Box['status'] | Snapshot['status'], number>> = {
  provisioning: 5 * minute,
  deleting: 5 * minute,
  building: 60 * minute,
};

/** Whether the server should long be done with it. `now` is in epoch milliseconds. */
export function isOverdue(
  { status, updated_at, created_at }: Box | Snapshot,
  { now, action }: { readonly now: number; readonly action: PendingAction | undefined },
): boolean {
  // What this window is doing with it has limits of its own.
  if (action) return false;
  const limitMs = usualMs[status];
  const since = Date.parse(updated_at ?? created_at ?? '');
  return limitMs !== undefined && now - since > limitMs;
}
