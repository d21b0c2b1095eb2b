import { l10n, window } from 'vscode';
import type { Snapshot } from '../../api/types';
import { deleteSnapshot as remove } from '../../app/operations/delete-resource';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { runAction } from '../run-action';
import { sandboxes } from '../words/count';
import { chosenSnapshot } from './chosen';

export async function deleteSnapshot(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSnapshot(desk, id, {
    title: l10n.t('Delete Snapshot'),
    statuses: [],
    action: 'deleting',
    nothing: l10n.t('There is no snapshot to delete.'),
  });
  if (!chosen) return;
  const { session, resource: snapshot } = chosen;
  const button = l10n.t('Delete');
  const question = l10n.t('Delete snapshot {0}?', tagged(snapshot));
  const detail = whatGoes(snapshot, session);
  if ((await window.showWarningMessage(question, { modal: true, detail }, button)) !== button) return;
  await deleteSnapshotNow(desk, session, snapshot);
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
  const button = l10n.t('Stop Building');
  const question = l10n.t('Stop building snapshot {0}?', snapshot.name);
  const detail = l10n.t('The snapshot in the making is deleted.');
  if ((await window.showWarningMessage(question, { modal: true, detail }, button)) !== button) return;
  await deleteSnapshotNow(desk, session, snapshot);
}

/** Without a question: it was asked already. */
export async function deleteSnapshotNow(desk: Desk, session: Session, snapshot: Snapshot): Promise<void> {
  await runAction(desk, session, {
    verb: 'delete-snapshot',
    name: snapshot.name,
    run: (run) => remove(session, snapshot, run),
    done: () => Promise.resolve(),
  });
}

function tagged({ name, tags }: Snapshot): string {
  const [tag] = tags ?? [];
  return tag === undefined || tag === 'latest' ? name : `${name}:${tag}`;
}

function whatGoes({ id, status }: Snapshot, { inventory }: Session): string {
  if (status === 'building') return l10n.t('It is still being built; the build ends.');
  if (status === 'failed') return l10n.t('It failed and holds nothing.');
  const users = inventory.boxes.items.filter(({ snapshot_id }) => snapshot_id === id);
  if (users.length === 0) return l10n.t('Its files are gone for good. No sandbox can boot from it any more.');
  const names = users.slice(0, mostNames).map(({ name }) => name);
  const rest = users.length > names.length ? l10n.t(' and {0} more', users.length - names.length) : '';
  return l10n.t(
    '{0} on it: {1}{2}. The server may refuse until they are deleted.',
    sandboxes(users.length),
    names.join(', '),
    rest,
  );
}

const mostNames = 5;
