import { window } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import { sandboxesOn } from '../../app/dependents';
import type { Session } from '../../app/session';
import { views } from '../../contributions';
import type { Desk } from '../desk';

/** The question that follows waits no longer for it. */
const patienceMs = 5_000;

/**
 * The sandboxes on these snapshots as the server knows them; when it does not tell in time, those that are loaded.
 * On one that never was ready there are none.
 */
export async function snapshotUsers(
  desk: Desk,
  session: Session,
  snapshots: readonly Snapshot[],
): Promise<readonly Box[]> {
  if (!snapshots.some(({ status }) => status === 'ready')) return [];
  try {
    return await window.withProgress({ location: { viewId: views.snapshots } }, () =>
      sandboxesOn(session, snapshots, { signal: AbortSignal.timeout(patienceMs) }),
    );
  } catch (error) {
    desk.log.error('The sandboxes on the snapshots to delete could not be listed', error);
    const ids = new Set(snapshots.map(({ id }) => id));
    return session.inventory.boxes.items.filter(({ snapshot_id }) => snapshot_id && ids.has(snapshot_id));
  }
}
