import { l10n, window } from 'vscode';
import type { Registry } from '../../api/types';
import { failureOf } from '../../app/failure';
import { removeRegistry as remove } from '../../app/operations/registries';
import { knownRegistries } from '../../app/search';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { searchPick } from '../pickers/search-pick';
import { runAction } from '../run-action';
import { failureSentence } from '../words/failures';
import { sessionFor } from './session';

export async function removeRegistry(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const registry = await searchPick<Registry>({
    title: l10n.t('Remove Registry'),
    placeholder: l10n.t('Registry whose credentials are deleted'),
    nothing: l10n.t('No registry is registered. One is added with a build that needs credentials.'),
    search: async (text, signal) =>
      (await knownRegistries(session, { signal })).filter(({ name, url }) => `${name} ${url}`.includes(text)),
    item: ({ name, url }) => ({ label: name, description: url }),
    failure: (error) => failureSentence(l10n.t('Could not list the registries'), failureOf(error)),
  });
  if (!registry) return;
  const button = l10n.t('Remove');
  const question = l10n.t('Remove registry {0}?', registry.name);
  const detail = l10n.t('Its credentials are deleted from the server. Snapshots built with them stay.');
  if ((await window.showWarningMessage(question, { modal: true, detail }, button)) !== button) return;
  await runAction<string>(desk, session, {
    verb: 'remove-registry',
    name: registry.name,
    run: (run) => remove(session, registry.name, run),
    done: (_, { done }) => notice('information', done),
  });
}
