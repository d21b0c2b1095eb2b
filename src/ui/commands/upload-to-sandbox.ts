import { l10n, window, type Uri } from 'vscode';
import { usualFolder } from '../../app/files/usual-folder';
import type { Desk } from '../desk';
import { askFolder } from '../files/ask-folder';
import { chosenSandbox } from './chosen';
import { amongRunning } from '../pickers/among-running';
import { uploadInto } from '../files/upload-into';
import { givenSandbox, localFiles, sandboxFile } from '../files/uris';
import { cutMiddle } from '../words/cut';

/** Files and folders of this machine, from the explorer or asked for, into a folder of a sandbox. */
export async function uploadToSandbox(desk: Desk, argument: unknown, selected: unknown): Promise<void> {
  const title = l10n.t('Upload');
  const into = sandboxFile(argument);
  const chosen = await chosenSandbox(desk, givenSandbox(argument), amongRunning(title));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const given = localFiles(argument, selected);
  const sources = given.length > 0 ? given : await askSources(title);
  if (sources.length === 0) return;
  const prompt = l10n.t('Folder of {0} to put it into; made when it is missing', cutMiddle(box.name));
  const folder =
    into?.path ?? (await askFolder({ title, prompt, value: usualFolder(session.inventory, box) }));
  if (folder === undefined) return;
  const paths = sources.map(({ fsPath }) => fsPath);
  await uploadInto(desk, session, box, folder, paths);
}

/** On most machines one dialog can't choose both. */
async function askSources(title: string): Promise<Uri[]> {
  const files = { label: `$(files) ${l10n.t('Files…')}`, isFolder: false };
  const folders = { label: `$(folder) ${l10n.t('Folder…')}`, isFolder: true };
  const kind = await window.showQuickPick([files, folders], { title });
  if (!kind) return [];
  const chosen = await window.showOpenDialog({
    title,
    openLabel: title,
    canSelectMany: true,
    canSelectFiles: !kind.isFolder,
    canSelectFolders: kind.isFolder,
  });
  return (chosen ?? []).filter(({ scheme }) => scheme === 'file');
}
