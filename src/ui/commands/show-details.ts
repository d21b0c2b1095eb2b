import { l10n, window, workspace } from 'vscode';
import type { Desk } from '../desk';
import { detailsUri } from '../details/details-uri';
import { chosenResource, type ChosenResource } from './chosen-resource';

/** Opens what the server says of a row's resource, or from the palette of the one that is picked. */
export async function showDetails(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenResource(desk, id, l10n.t('Show Details'));
  if (chosen) await openDetails(chosen);
}

async function openDetails({ session, kind, resource }: ChosenResource): Promise<void> {
  const document = await workspace.openTextDocument(detailsUri(kind, resource, session.target));
  await window.showTextDocument(document, { preview: true });
}
