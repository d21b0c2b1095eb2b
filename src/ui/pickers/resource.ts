import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import { failureOf } from '../../app/failure';
import { searchSandboxes, searchSnapshots } from '../../app/search';
import type { Session } from '../../app/session';
import { failureSentence } from '../words/failures';
import { statusWord } from '../words/states';
import { joined } from '../trees/row';
import { searchPick } from './search-pick';

/** A sandbox or a snapshot, by part of its name or by its id. */
export function pickResource(session: Session, title: string): Promise<Box | Snapshot | undefined> {
  return searchPick<Box | Snapshot>({
    title,
    placeholder: l10n.t('Type part of a name, or paste an ID'),
    nothing: l10n.t('There is no sandbox and no snapshot.'),
    search: async (text, signal) => {
      const found = await Promise.all([
        searchSandboxes(session, text, [], signal),
        searchSnapshots(session, text, [], signal),
      ]);
      return found.flat();
    },
    item: (resource) => ({
      label: resource.name,
      description: joined([
        'docker_image' in resource || 'source_sandbox_id' in resource
          ? l10n.t('snapshot')
          : l10n.t('sandbox'),
        statusWord(resource.status),
      ]),
    }),
    failure: (error) => failureSentence(l10n.t('Could not list them'), failureOf(error)),
  });
}
