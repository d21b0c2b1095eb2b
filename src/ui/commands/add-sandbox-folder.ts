import { commands as editor, l10n, workspace } from 'vscode';
import type { Box } from '../../api/types';
import { FileError } from '../../app/files/file-error';
import { fileOfRow } from '../../app/files/file-place';
import type { SandboxFiles } from '../../app/files/sandbox-files';
import { usualFolder } from '../../app/files/usual-folder';
import type { Desk } from '../desk';
import { askFolder } from '../files/ask-folder';
import { fileFailureSentence } from '../files/file-failures';
import { chosenSandbox } from './chosen';
import { amongRunning } from '../pickers/among-running';
import { sandboxUri } from '../files/sandbox-uri';
import { givenSandbox } from '../files/uris';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';

/** Shows a folder, a row's or one of a row's sandbox that is asked for, in the explorer, beside the folders of this machine. */
export async function addSandboxFolder(desk: Desk, rowId: unknown): Promise<void> {
  const title = l10n.t('Add Sandbox Folder to Workspace');
  const chosen = await chosenSandbox(desk, givenSandbox(rowId), amongRunning(title));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const prompt = l10n.t('Folder of {0} to work in', cutMiddle(box.name));
  const asked =
    fileOfRow(rowId)?.path ??
    (await askFolder({ title, prompt, value: usualFolder(session.inventory, box) }));
  const path = asked && (await ifFolder(desk.files, box, asked));
  if (!path) return;
  const uri = sandboxUri({ id: box.id, path });
  // Before: the first folder of a window starts its extensions anew.
  await editor.executeCommand('workbench.view.explorer');
  const folders = workspace.workspaceFolders ?? [];
  if (folders.some((folder) => folder.uri.toString() === uri.toString())) return;
  const isAdded = workspace.updateWorkspaceFolders(folders.length, 0, { uri, name: folderName(box, path) });
  if (!isAdded) {
    void notice('error', l10n.t('The editor did not add the folder {0} of {1}.', path, cutMiddle(box.name)));
  }
}

async function ifFolder(
  files: Pick<SandboxFiles, 'stat'>,
  { id }: Box,
  path: string,
): Promise<string | undefined> {
  try {
    if ((await files.stat({ id, path })).kind === 'folder') return path;
    throw new FileError('no-folder', path);
  } catch (error) {
    void notice('warning', fileFailureSentence(error));
    return undefined;
  }
}

function folderName({ name }: Box, path: string): string {
  return path === '/' ? name : `${name} ${path}`;
}
