import type { BoxRecord } from '../store/boxes';

type Expiring = Pick<
  BoxRecord,
  'status' | 'idle_ttl_seconds' | 'delete_after_stop_seconds' | 'stopped_at' | 'last_used_at' | 'created_at'
>;

/**
 * What a sandbox's TTLs ask for at a moment (milliseconds since 1970): a ready one is stopped when nothing used it for
 * so long, a stopped one is deleted so long after it stopped. 0 disables either. One in use never expires.
 */
export function due(box: Expiring, isInUse: boolean, now: number): 'stop' | 'delete' | undefined {
  if (isInUse) return undefined;
  const isOver = (since: string, seconds: number): boolean =>
    seconds > 0 && now - Date.parse(since) >= seconds * 1000;
  switch (box.status) {
    case 'ready':
      return isOver(idleSince(box), box.idle_ttl_seconds) ? 'stop' : undefined;
    case 'stopped':
      return box.stopped_at !== null && isOver(box.stopped_at, box.delete_after_stop_seconds)
        ? 'delete'
        : undefined;
    case 'provisioning':
    case 'failed':
    case 'deleting':
      return undefined;
  }
}

/** When it was used last; one that never was counts from its making. */
export function idleSince({
  last_used_at,
  created_at,
}: Pick<Expiring, 'last_used_at' | 'created_at'>): string {
  return last_used_at ?? created_at;
}
