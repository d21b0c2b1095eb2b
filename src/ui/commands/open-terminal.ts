import { l10n } from 'vscode';
import type { Desk } from '../desk';
import { awakeSandbox } from './awake-sandbox';

export async function openTerminal(desk: Desk, id: unknown): Promise<void> {
  const chosen = await awakeSandbox(desk, id, l10n.t('Open Terminal'));
  if (chosen) desk.terminals.openShell(chosen);
}
