import { l10n, workspace } from 'vscode';
import { posix } from 'node:path';
import { fileOfRow, isAtOrBelow } from '../../app/files/file-place';
import type { FileAt } from '../../app/files/sandbox-files';
import { fileScheme } from '../../contributions';
import type { Desk } from '../desk';
import { askName } from '../files/ask-name';
import { isKeptReadOnly } from '../files/kept-read-only';
import { fileAt, sandboxUri } from '../files/sandbox-uri';
import { notice } from '../notice';
import { amongRunning } from '../pickers/among-running';
import { briefly } from '../services/briefly';
import { chosenSandbox } from './chosen';

/** The file or folder of a row. The editor renames it, so that what is open of it stays open. */
export async function renameFile(desk: Desk, rowId: unknown): Promise<void> {
  const from = fileOfRow(rowId);
  if (!from || isKeptReadOnly(desk, from)) return;
  const title = l10n.t('Rename');
  const chosen = await chosenSandbox(desk, from.id, amongRunning(title));
  if (!chosen) return;
  const [folder, value] = [posix.dirname(from.path), posix.basename(from.path)];
  const unsaved = unsavedIn(from);
  if (unsaved !== undefined) {
    void notice('information', l10n.t('{0} has changes that are not saved. Save it, then rename.', unsaved));
    return;
  }
  const taken = desk.folders.namesIn({ id: from.id, path: folder });
  const name = await askName({ title, prompt: l10n.t('New name of {0}', value), taken, value });
  if (name === undefined || name === value) return;
  const words = {
    doing: l10n.t('Renaming {0}', value),
    couldNot: l10n.t('Could not rename {0}', value),
  };
  const to = { id: from.id, path: posix.join(folder, name) };
  await briefly(desk, chosen.session, words, async () => {
    await workspace.fs.rename(sandboxUri(from), sandboxUri(to), { overwrite: false });
  });
}

function unsavedIn(above: FileAt): string | undefined {
  const found = workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === fileScheme && isAtOrBelow(fileAt(uri), above),
  );
  return found && posix.basename(found.uri.path);
}
