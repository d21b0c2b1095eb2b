import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import { failureOf } from '../../app/failure';
import { searchSandboxes, searchSnapshots } from '../../app/search';
import type { Session } from '../../app/session';
import { failureSentence } from '../words/failures';
import { statusWord } from '../words/states';
import { joined } from '../trees/row';
import { searchPick } from './search-pick';

export type Found =
  | { readonly kind: 'sandbox'; readonly resource: Box }
  | { readonly kind: 'snapshot'; readonly resource: Snapshot };

/** A sandbox or a snapshot, by part of its name or by its id. */
export async function pickResource(session: Session, title: string): Promise<Found | undefined> {
  return searchPick<Found>({
    title,
    placeholder: l10n.t('Type part of a name, or paste an ID'),
    nothing: l10n.t('There is no sandbox and no snapshot.'),
    search: async (text, signal) => {
      const [boxes, snapshots] = await Promise.all([
        searchSandboxes(session, text, [], signal),
        searchSnapshots(session, text, [], signal),
      ]);
      return [
        ...boxes.map((resource): Found => ({ kind: 'sandbox', resource })),
        ...snapshots.map((resource): Found => ({ kind: 'snapshot', resource })),
      ];
    },
    item: ({ kind, resource }) => ({
      label: resource.name,
      description: joined([kindWord(kind), statusWord(resource.status)]),
    }),
    failure: (error) => failureSentence(l10n.t('Could not list them'), failureOf(error)),
  });
}

function kindWord(kind: Found['kind']): string {
  return kind === 'sandbox' ? l10n.t('sandbox') : l10n.t('snapshot');
}
