import { l10n } from 'vscode';
import type { Snapshot, SnapshotStatus } from '../../api/types';
import { deleteSnapshot as remove } from '../../app/operations/delete-resource';
import type { Session } from '../../app/session';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import type { Choosing } from '../pickers/choosing';
import { runAction } from '../run-action';
import { runSeveral } from '../run-several';
import { snapshotsGo, tagged } from '../words/snapshots-go';
import { chosenSnapshot } from './chosen';
import { selectedSnapshots, type Selected } from './selected';
import { showSandboxes } from './show-sandboxes';
import { snapshotUsers } from './snapshot-users';

export async function deleteSnapshot(desk: Desk, id: unknown, selected: unknown): Promise<void> {
  const choosing: Choosing<SnapshotStatus> = {
    title: l10n.t('Delete Snapshot'),
    statuses: [],
    action: 'deleting',
    nothing: l10n.t('There is no snapshot to delete.'),
  };
  const selection = selectedSnapshots(desk, selected, choosing);
  if (selection === 'alone') await deleteOne(desk, id, choosing);
  else if (selection) await deleteSeveral(desk, selection);
}

async function deleteOne(desk: Desk, id: unknown, choosing: Choosing<SnapshotStatus>): Promise<void> {
  const chosen = await chosenSnapshot(desk, id, choosing);
  if (!chosen) return;
  const { session, resource: snapshot } = chosen;
  const users = await snapshotUsers(desk, session, [snapshot]);
  const isMeant = await askModal({
    text: l10n.t('Delete snapshot {0}?', tagged(snapshot)),
    detail: snapshotsGo([snapshot], users),
    button: l10n.t('Delete'),
    alternatives: showSandboxes(desk, session, users),
  });
  if (isMeant) await deleteSnapshotNow(desk, session, snapshot);
}

async function deleteSeveral(desk: Desk, { session, items, leftOut }: Selected<Snapshot>): Promise<void> {
  const users = await snapshotUsers(desk, session, items);
  await runSeveral<Snapshot>(desk, session, {
    verb: 'delete-several',
    kind: 'snapshots',
    nameOf: tagged,
    items,
    leftOut,
    consequence: snapshotsGo(items, users),
    alternatives: showSandboxes(desk, session, users),
    act: (snapshot, run) => remove(session, snapshot, run),
    remedies: (failed) =>
      showSandboxes(
        desk,
        session,
        failed.flatMap(({ failure }) => failure.users ?? []),
      ),
  });
}

/** Ends a build by deleting the snapshot in the making. */
export async function cancelBuild(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSnapshot(desk, id, {
    title: l10n.t('Cancel Build'),
    statuses: ['building'],
    action: 'deleting',
    nothing: l10n.t('No snapshot is being built.'),
  });
  if (!chosen) return;
  const { session, resource: snapshot } = chosen;
  const isMeant = await askModal({
    text: l10n.t('Stop building snapshot {0}?', snapshot.name),
    detail: l10n.t('The snapshot in the making is deleted.'),
    button: l10n.t('Stop Building'),
  });
  if (isMeant) await deleteSnapshotNow(desk, session, snapshot);
}

/** Without a question: it was asked already. */
export async function deleteSnapshotNow(desk: Desk, session: Session, snapshot: Snapshot): Promise<void> {
  await runAction(desk, session, {
    verb: 'delete-snapshot',
    name: snapshot.name,
    resourceId: snapshot.id,
    run: (run) => remove(session, snapshot, run),
    done: () => Promise.resolve(),
    remedies: ({ users }) => showSandboxes(desk, session, users ?? []),
  });
}
