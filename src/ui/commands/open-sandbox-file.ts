import { commands as editor, l10n } from 'vscode';
import { usualFolder } from '../../app/files/usual-folder';
import type { Desk } from '../desk';
import { pickFile } from '../files/pick-file';
import { chosenSandbox } from './chosen';
import { amongRunning } from '../pickers/among-running';
import { sandboxUri } from '../files/sandbox-uri';
import { givenSandbox } from '../files/uris';

/** Opens a file of a row's sandbox that is looked for as its path is typed. */
export async function openSandboxFile(desk: Desk, rowId: unknown): Promise<void> {
  const title = l10n.t('Open File');
  const chosen = await chosenSandbox(desk, givenSandbox(rowId), amongRunning(title));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const folder = usualFolder(session.inventory, box);
  const picked = await pickFile(desk.files, box, { title, folder });
  if (picked) await editor.executeCommand('vscode.open', sandboxUri({ id: box.id, path: picked.path }));
}
