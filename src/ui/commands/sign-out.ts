import { l10n, window } from 'vscode';
import { isSameTarget, targetName, type StoredTarget, type Target } from '../../app/target';
import type { Desk } from '../desk';

export async function signOut(desk: Desk): Promise<void> {
  const connection = desk.connections.current.value;
  if (connection.state === 'signed-out') return;
  if (await isMeant(connection.target)) await desk.connections.signOut();
}

/** Of one whose key is stored, whether the window is connected by it or not. */
export async function signOutOf(desk: Desk, target: StoredTarget): Promise<void> {
  const connection = desk.connections.current.value;
  const isCurrent = connection.state !== 'signed-out' && isSameTarget(connection.target, target);
  if (!(await isMeant(target))) return;
  await (isCurrent ? desk.connections.signOut() : desk.connections.forget(target));
}

async function isMeant(target: Target): Promise<boolean> {
  const { question, detail, button } = words(target);
  return (await window.showWarningMessage(question, { modal: true, detail }, button)) === button;
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
