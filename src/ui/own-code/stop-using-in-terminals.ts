import { l10n } from 'vscode';
import type { Desk } from '../desk';
import { notice } from '../notice';

export async function stopUsingInTerminals({ terminalAccess }: Desk): Promise<void> {
  await terminalAccess.stop();
  void notice(
    'information',
    l10n.t('New terminals and tasks of this workspace are left with their own environment.'),
  );
}
