import { l10n } from 'vscode';
import type { Desk } from '../desk';
import { givenSandbox } from '../files/uris';
import { chosenSandbox } from './chosen';

/** From now on nothing of this window changes the sandbox's files: no editor, no row, no upload. */
export function makeFilesReadOnly(desk: Desk, rowId: unknown): Promise<void> {
  return setReadOnly(desk, rowId, l10n.t('Make Files Read-Only'), true);
}

export function allowFileChanges(desk: Desk, rowId: unknown): Promise<void> {
  return setReadOnly(desk, rowId, l10n.t('Allow Changes to Files'), false);
}

async function setReadOnly(desk: Desk, rowId: unknown, title: string, isReadOnly: boolean): Promise<void> {
  const nothing = l10n.t('There is no sandbox.');
  const chosen = await chosenSandbox(desk, givenSandbox(rowId), { title, statuses: [], nothing });
  if (chosen) await desk.readOnly.set(chosen.resource.id, isReadOnly);
}
