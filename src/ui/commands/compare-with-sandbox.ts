import { commands as editor, l10n, Uri, window } from 'vscode';
import { posix } from 'node:path';
import { usualFolder } from '../../app/files/usual-folder';
import type { Desk } from '../desk';
import { pickFile } from '../files/pick-file';
import { chosenSandbox } from './chosen';
import { amongRunning } from '../pickers/among-running';
import { sandboxUri } from '../files/sandbox-uri';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';

/** Shows a file, of this machine or of a sandbox, beside one of a sandbox that is picked. */
export async function compareWithSandbox(desk: Desk, argument: unknown): Promise<void> {
  const title = l10n.t('Compare with Sandbox File');
  const file = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  if (!file) {
    void notice('information', l10n.t('Open the file that is to be compared first.'));
    return;
  }
  const chosen = await chosenSandbox(desk, undefined, amongRunning(title));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const folder = usualFolder(session.inventory, box);
  const picked = await pickFile(desk.files, box, { title, folder });
  if (!picked) return;
  const names = l10n.t(
    '{0} ↔ {1} ({2})',
    posix.basename(file.path),
    posix.basename(picked.path),
    cutMiddle(box.name),
  );
  await editor.executeCommand('vscode.diff', file, sandboxUri({ id: box.id, path: picked.path }), names);
}
