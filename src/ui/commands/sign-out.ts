import { l10n, window } from 'vscode';
import { targetName, type Target } from '../../app/session';
import type { Desk } from '../desk';

export async function signOut(desk: Desk): Promise<void> {
  const connection = desk.connections.current.value;
  if (connection.state === 'signed-out') return;
  const { question, detail, button } = words(connection.target);
  const chosen = await window.showWarningMessage(question, { modal: true, detail }, button);
  if (chosen === button) await desk.connections.signOut();
}

function words(target: Target): { question: string; detail: string; button: string } {
  if (target.kind === 'local') {
    return {
      question: l10n.t('Disconnect from Local?'),
      detail: l10n.t('Sandboxes and snapshots stay in the container engine. Running sandboxes go on.'),
      button: l10n.t('Disconnect'),
    };
  }
  if (target.source === 'environment') {
    return {
      question: l10n.t('Disconnect from {0}?', targetName(target)),
      detail: l10n.t(
        'The API key stays in the environment. Sandboxes and snapshots stay, running sandboxes go on.',
      ),
      button: l10n.t('Disconnect'),
    };
  }
  return {
    question: l10n.t('Sign out of {0}?', targetName(target)),
    detail: l10n.t(
      'The API key is deleted from the secret storage, for all windows. Sandboxes and snapshots stay, running sandboxes go on.',
    ),
    button: l10n.t('Sign Out'),
  };
}
