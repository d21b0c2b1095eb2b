import type { Snapshot } from '../../api/types';
import { waitForSnapshot } from '../../api/wait';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';

/** Waits for a snapshot that is being built or captured; its row follows. The snapshot is what is left when we stop. */
export function awaitSnapshot(
  session: Session,
  snapshot: Snapshot,
  timeoutMs: number,
  run: Run,
): Promise<Outcome<Snapshot, Snapshot>> {
  return settle(run, (started) => {
    started(snapshot);
    return untilReady(session, snapshot, timeoutMs, run);
  });
}

/** As `awaitSnapshot`, for use inside another use case. Rejects as `waitForSnapshot` does. */
export function untilReady(
  session: Session,
  snapshot: Snapshot,
  timeoutMs: number,
  { signal, onStep }: Run,
): Promise<Snapshot> {
  const { inventory } = session;
  inventory.snapshots.upsert(snapshot);
  return inventory.pending.during(snapshot.id, 'waiting', signal, async (signal) => {
    const ready = await waitForSnapshot(() => session.transport, snapshot.id, {
      signal,
      timeoutMs,
      onUpdate: (current) => {
        inventory.snapshots.upsert(current);
        onStep({ kind: 'waiting', status: current.status, message: current.status_message ?? undefined });
      },
    });
    if (tookOverATag(inventory.snapshots.items, ready)) void inventory.snapshots.refresh();
    return ready;
  });
}

/** A tag moves to the newest snapshot that was made under it: the older one's row has to tell. */
function tookOverATag(loaded: readonly Snapshot[], ready: Snapshot): boolean {
  return loaded.some(
    ({ id, name, tags }) =>
      id !== ready.id && name === ready.name && tags?.some((tag) => ready.tags?.includes(tag)),
  );
}
