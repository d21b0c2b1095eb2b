import { l10n, window } from 'vscode';
import type { Box } from '../../api/types';
import { deleteSandbox as remove } from '../../app/operations/delete-resource';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { runAction } from '../run-action';
import { chosenSandbox } from './chosen';

export async function deleteSandbox(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSandbox(desk, id, {
    title: l10n.t('Delete Sandbox'),
    statuses: [],
    action: 'deleting',
    nothing: l10n.t('There is no sandbox to delete.'),
  });
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const button = l10n.t('Delete');
  const detail =
    box.status === 'ready'
      ? l10n.t(
          'It is running. Its files and processes are gone for good; capture a snapshot first to keep the files.',
        )
      : l10n.t('Its files are gone for good.');
  const question = l10n.t('Delete sandbox {0}?', box.name);
  if ((await window.showWarningMessage(question, { modal: true, detail }, button)) !== button) return;
  await deleteSandboxNow(desk, session, box);
}

/** Without a question: it was asked already. */
export async function deleteSandboxNow(desk: Desk, session: Session, box: Box): Promise<void> {
  await runAction(desk, session, {
    verb: 'delete-sandbox',
    name: box.name,
    run: (run) => remove(session, box, run),
    done: () => Promise.resolve(),
  });
}
