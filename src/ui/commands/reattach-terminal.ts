import { l10n, window } from 'vscode';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { reattach } from '../terminals/reattach';
import { span } from '../words/time';
import { sessionFor } from './session';

/** Picks among the terminals of this workspace whose shells run on without one. */
export async function reattachTerminal(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const left = desk.terminals.kept.left(session.target);
  if (left.length === 0) {
    void notice('information', l10n.t('No terminal of this workspace was left running.'));
    return;
  }
  const items = left.map((kept) => ({
    label: kept.boxName,
    description: l10n.t('opened {0} ago', span(Date.now() - Date.parse(kept.startedAt))),
    kept,
  }));
  const picked = await window.showQuickPick(items, { title: l10n.t('Reattach Terminal') });
  if (picked) await reattach(desk, session, picked.kept);
}
