import { l10n } from 'vscode';
import type { Box, BoxStatus } from '../../api/types';
import { failureOf } from '../../app/failure';
import { searchSandboxes } from '../../app/search';
import type { Session } from '../../app/session';
import { sandboxRow } from '../trees/sandbox-row';
import { failureSentence } from '../words/failures';
import type { Choosing } from './choosing';
import { searchPick } from './search-pick';

/** A sandbox in one of these states, any state when none is given; by part of its name or by its id. */
export function pickSandbox(
  session: Session,
  { title, statuses, action, nothing }: Choosing<BoxStatus>,
): Promise<Box | undefined> {
  const { snapshotNames, pending } = session.inventory;
  return searchPick({
    title,
    placeholder: l10n.t('Type part of a name, or paste an ID'),
    nothing,
    search: async (text, signal) => {
      const found = await searchSandboxes(session, text, statuses, signal);
      return action ? found.filter((each) => pending.allows(each, action)) : found;
    },
    item: (box) => {
      const row = sandboxRow(box, {
        now: Date.now(),
        snapshotName: snapshotNames.names.value.get(box.snapshot_id ?? ''),
        action: pending.actions.value.get(box.id),
      });
      return { label: row.label, description: row.description };
    },
    failure: (error) => failureSentence(l10n.t('Could not list the sandboxes'), failureOf(error)),
  });
}
