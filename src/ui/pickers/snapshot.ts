import { l10n } from 'vscode';
import type { Snapshot, SnapshotStatus } from '../../api/types';
import { failureOf } from '../../app/failure';
import { searchSnapshots } from '../../app/search';
import type { Session } from '../../app/session';
import { snapshotRow } from '../trees/snapshot-row';
import { failureSentence } from '../words/failures';
import type { Choosing } from './choosing';
import { searchPick } from './search-pick';

/** A snapshot in one of these states, any state when none is given; by part of its name, `name:tag` or id. */
export function pickSnapshot(
  session: Session,
  { title, statuses, action, nothing }: Choosing<SnapshotStatus>,
): Promise<Snapshot | undefined> {
  const { boxes, pending } = session.inventory;
  return searchPick({
    title,
    placeholder: l10n.t('Type part of a name, or paste a name:tag or an ID'),
    nothing,
    search: async (text, signal) => {
      const found = await searchSnapshots(session, text, statuses, signal);
      return action ? found.filter((each) => pending.allows(each, action)) : found;
    },
    item: (snapshot) => {
      const row = snapshotRow(snapshot, {
        now: Date.now(),
        sourceName: boxes.find(snapshot.source_sandbox_id ?? '')?.name,
        sandboxCount: undefined,
        action: pending.actions.value.get(snapshot.id),
      });
      return { label: row.label, description: row.description };
    },
    failure: (error) => failureSentence(l10n.t('Could not list the snapshots'), failureOf(error)),
  });
}
