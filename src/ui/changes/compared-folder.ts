import { l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { posix } from 'node:path';
import { localSide } from '../../app/changes/local-side';
import { sandboxSide } from '../../app/changes/sandbox-side';
import type { Side } from '../../app/changes/tree';
import type { FileAt } from '../../app/files/sandbox-files';
import { usualFolder } from '../../app/files/usual-folder';
import { fileScheme } from '../../contributions';
import { chosenSandbox } from '../commands/chosen';
import type { Desk } from '../desk';
import { askFolder } from '../files/ask-folder';
import { fileAt, sandboxUri } from '../files/sandbox-uri';
import { amongRunning } from '../pickers/among-running';
import { cutMiddle } from '../words/cut';

/** One of the two folders of a comparison. */
export interface ComparedFolder {
  readonly name: string;
  readonly side: Side;
  readonly isLocal: boolean;
  /** Of the sandbox it lies in. */
  readonly boxId?: string;
  /** Of a file in it. */
  readonly uri: (path: string) => Uri;
}

export function folderAt(desk: Desk, uri: Uri): ComparedFolder {
  if (uri.scheme === fileScheme) {
    const at = fileAt(uri);
    const box = desk.connections.current.value.session?.inventory.boxes.find(at.id);
    return sandboxFolder(desk, at, box?.name ?? at.id);
  }
  return {
    name: posix.basename(uri.path),
    side: localSide(uri.fsPath),
    isLocal: true,
    uri: (path) => Uri.joinPath(uri, path),
  };
}

function sandboxFolder(desk: Desk, at: FileAt, sandbox: string): ComparedFolder {
  return {
    name: `${cutMiddle(sandbox)}:${at.path}`,
    side: sandboxSide(desk.files, at),
    isLocal: false,
    boxId: at.id,
    uri: (path) => sandboxUri({ id: at.id, path: posix.join(at.path, path) }),
  };
}

/** Of the sandbox with this id, or of one that is picked. */
export async function askSandboxFolder(
  desk: Desk,
  { title, id }: { title: string; id?: unknown },
): Promise<ComparedFolder | undefined> {
  const chosen = await chosenSandbox(desk, id, amongRunning(title));
  if (!chosen) return undefined;
  const { session, resource: box } = chosen;
  const prompt = l10n.t('Folder of {0} to compare', cutMiddle(box.name));
  const path = await askFolder({ title, prompt, value: usualFolder(session.inventory, box) });
  return path === undefined ? undefined : sandboxFolder(desk, { id: box.id, path }, box.name);
}

interface Choice extends QuickPickItem {
  readonly ask: () => Promise<ComparedFolder | undefined>;
}

/** What a folder is compared with: a sandbox's, or where it is one itself, one of this machine as well. */
export async function askOtherFolder(
  desk: Desk,
  { title, other }: { title: string; other: ComparedFolder },
): Promise<ComparedFolder | undefined> {
  const sandbox = (): Promise<ComparedFolder | undefined> => askSandboxFolder(desk, { title });
  if (other.isLocal) return sandbox();
  const folders = (workspace.workspaceFolders ?? []).map(({ name, uri }): Choice => ({
    label: `$(root-folder) ${name}`,
    description: uri.scheme === 'file' ? uri.fsPath : uri.path,
    ask: () => Promise.resolve(folderAt(desk, uri)),
  }));
  const choices: Choice[] = [
    ...folders,
    { label: `$(vm) ${l10n.t('Folder of a sandbox…')}`, ask: sandbox },
    {
      label: `$(folder-opened) ${l10n.t('Folder of this machine…')}`,
      ask: () => askLocalFolder(desk, title),
    },
  ];
  const placeHolder = l10n.t('What to compare {0} with', other.name);
  return (await window.showQuickPick(choices, { title, placeHolder }))?.ask();
}

async function askLocalFolder(desk: Desk, title: string): Promise<ComparedFolder | undefined> {
  const options = { title, openLabel: l10n.t('Compare'), canSelectFiles: false, canSelectFolders: true };
  const [folder] = (await window.showOpenDialog(options)) ?? [];
  return folder && folderAt(desk, folder);
}
