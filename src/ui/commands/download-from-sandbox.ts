import { commands as editor, FileType, l10n, Uri, window, workspace } from 'vscode';
import os from 'node:os';
import path, { posix } from 'node:path';
import type { Box } from '../../api/types';
import type { FileAt } from '../../app/files/sandbox-files';
import { downloadAll, type Downloaded, type DownloadTarget } from '../../app/files/transfer/download-all';
import { isThere } from '../../app/files/transfer/take-place';
import { usualFolder } from '../../app/files/usual-folder';
import { settle } from '../../app/outcome';
import type { Session } from '../../app/session';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import { pickFile } from '../files/pick-file';
import { chosenSandbox } from './chosen';
import { amongRunning } from '../pickers/among-running';
import { fileAt } from '../files/sandbox-uri';
import { givenSandbox, sandboxFile } from '../files/uris';
import { notice } from '../notice';
import { runAction } from '../run-action';

/** A file or folder of a sandbox, from the explorer or asked for, to a folder of this machine. */
export async function downloadFromSandbox(desk: Desk, argument: unknown): Promise<void> {
  const title = l10n.t('Download');
  const given = sandboxFile(argument);
  const chosen = await chosenSandbox(desk, givenSandbox(argument), amongRunning(title));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const from = given ? fileAt(given) : await askFrom(desk, session, box, title);
  if (from && posix.basename(from.path) === '') {
    await notice('error', l10n.t('The whole of a sandbox cannot be downloaded. Choose a folder in it.'));
    return;
  }
  const target = from && (await askTarget(posix.basename(from.path), title));
  if (!target) return;
  await runAction<Downloaded>(desk, session, {
    verb: 'download',
    name: posix.basename(from.path),
    resourceId: box.id,
    run: (run) =>
      settle(run, () => desk.files.within(box.id, (place) => downloadAll(place, from.path, target, run))),
    done: (downloaded, { done }) =>
      notice('information', [done, ...leftOutWords(downloaded)].join(' '), [
        { title: l10n.t('Open'), run: () => openDownloaded(Uri.file(target.path)) },
      ]),
  });
}

async function askFrom(
  desk: Desk,
  { inventory }: Session,
  box: Box,
  title: string,
): Promise<FileAt | undefined> {
  const folder = usualFolder(inventory, box);
  const picked = await pickFile(desk.files, box, { title, folder, withFolders: true });
  return picked && { id: box.id, path: picked.path };
}

/** What is there under that name goes only when the user says so. */
async function askTarget(name: string, title: string): Promise<DownloadTarget | undefined> {
  const chosen = await window.showOpenDialog({
    title,
    openLabel: title,
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri:
      workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri ?? Uri.file(os.homedir()),
  });
  const folder = chosen?.[0];
  if (folder?.scheme !== 'file') return undefined;
  const target = path.resolve(folder.fsPath, name);
  // On Windows a backslash in a name, or a colon, leads elsewhere.
  if (name === '' || path.dirname(target) !== path.resolve(folder.fsPath)) {
    await notice('error', l10n.t('This machine can have no file of the name {0}.', name));
    return undefined;
  }
  const isTaken = await isThere(target);
  const mayReplace =
    isTaken &&
    (await askModal({
      text: l10n.t('Replace {0}?', name),
      detail: l10n.t('It is in {0} already, and goes with all it holds.', path.basename(folder.fsPath)),
      button: l10n.t('Replace'),
    }));
  return isTaken && !mayReplace ? undefined : { path: target, mayReplace };
}

async function openDownloaded(target: Uri): Promise<void> {
  const { type } = await workspace.fs.stat(target);
  await editor.executeCommand(type === FileType.Directory ? 'revealFileInOS' : 'vscode.open', target);
}

function leftOutWords({ leftOut }: Downloaded): string[] {
  return leftOut === 0
    ? []
    : [l10n.t('Left out: {0} links, devices, and names that this machine does not tell apart.', leftOut)];
}
