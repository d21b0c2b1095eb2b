import type { Box } from '../../api/types';

/**
 * When a running sandbox is stopped unless something uses it before, in epoch milliseconds; undefined when it is not.
 * Our local server tells since when nothing uses one, and null while something does. Elsewhere the use that this window
 * knows of counts (`usedAt`): others may have used it since, so that the stop comes later, never sooner.
 */
export function idleStopAt(
  { status, idle_ttl_seconds, idle_since }: Box,
  usedAt: number | undefined,
): number | undefined {
  if (status !== 'ready' || !idle_ttl_seconds || idle_since === null) return undefined;
  const since = idle_since === undefined ? usedAt : Date.parse(idle_since);
  return since === undefined || Number.isNaN(since) ? undefined : since + idle_ttl_seconds * 1000;
}

/** A window learns of its use later than the server does, and their clocks may differ. */
export const toleranceMs = 10_000;

/** Whether one that is stopped was so for want of use, as far as this window can tell. */
export function wasStoppedForIdleness(
  { status, idle_ttl_seconds, stopped_at }: Box,
  usedAt: number | undefined,
): boolean {
  const stoppedAt = Date.parse(stopped_at ?? '');
  if (status !== 'stopped' || !idle_ttl_seconds || usedAt === undefined || Number.isNaN(stoppedAt))
    return false;
  return stoppedAt - usedAt >= idle_ttl_seconds * 1000 - toleranceMs;
}
