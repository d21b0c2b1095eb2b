import { l10n, window } from 'vscode';
import type { Desk } from '../desk';
import { notice } from '../notice';

export async function showServerLog({ serverLog, log }: Desk): Promise<void> {
  try {
    await window.showTextDocument(serverLog, { preview: true });
  } catch (error) {
    log.error('The local server’s log could not be opened', error);
    await notice('information', l10n.t('The local server has written no log yet.'));
  }
}
