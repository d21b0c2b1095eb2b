import { commands as editor, l10n } from 'vscode';
import { posix } from 'node:path';
import { fileOfRow } from '../../app/files/file-place';
import type { FileAt } from '../../app/files/sandbox-files';
import type { Desk } from '../desk';
import { askName } from '../files/ask-name';
import { isKeptReadOnly } from '../files/kept-read-only';
import { sandboxUri } from '../files/sandbox-uri';
import { amongRunning } from '../pickers/among-running';
import { briefly } from '../services/briefly';
import { chosenSandbox } from './chosen';

const ifFree = { create: true, overwrite: false };

/** An empty file in the folder of a row; it opens. */
export async function newFile(desk: Desk, rowId: unknown): Promise<void> {
  const made = await makeInside(desk, rowId, l10n.t('New File'), (at) =>
    desk.fileChanges.write(at, new Uint8Array(), ifFree),
  );
  if (made) await editor.executeCommand('vscode.open', sandboxUri(made));
}

export async function newFolder(desk: Desk, rowId: unknown): Promise<void> {
  await makeInside(desk, rowId, l10n.t('New Folder'), (at) => desk.fileChanges.makeFolder(at));
}

async function makeInside(
  desk: Desk,
  rowId: unknown,
  title: string,
  make: (at: FileAt) => Promise<void>,
): Promise<FileAt | undefined> {
  const folder = fileOfRow(rowId);
  if (!folder || isKeptReadOnly(desk, folder)) return undefined;
  const chosen = await chosenSandbox(desk, folder.id, amongRunning(title));
  if (!chosen) return undefined;
  const prompt = l10n.t('Name in {0}', folder.path);
  const name = await askName({ title, prompt, taken: desk.folders.namesIn(folder) });
  if (name === undefined) return undefined;
  const at = { id: folder.id, path: posix.join(folder.path, name) };
  const words = { doing: l10n.t('Making {0}', name), couldNot: l10n.t('Could not make {0}', name) };
  return briefly(desk, chosen.session, words, async () => {
    await make(at);
    return at;
  });
}
