import { l10n } from 'vscode';
import type { Desk } from './desk';
import { notice } from './notice';
import { showLog } from './run-action';

/** Does what the user asked for. What it lets slip ends in the log and in one sentence, not in silence. */
export async function orTellFault(desk: Desk, what: string, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    desk.log.error(`${what} has a fault`, error);
    void notice('error', l10n.t('The command ended by a fault of this extension, which the log describes.'), [
      showLog(desk),
    ]);
  }
}
