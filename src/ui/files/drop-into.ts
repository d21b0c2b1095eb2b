import { l10n, type DataTransfer } from 'vscode';
import { posix } from 'node:path';
import { filePlace } from '../../app/files/file-place';
import { OutOfReachError } from '../../app/files/out-of-reach';
import type { FileAt } from '../../app/files/sandbox-files';
import { usualFolder } from '../../app/files/usual-folder';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showLog } from '../run-action';
import { droppedFiles, type Dropped } from './dropped';
import { fileFailureSentence } from './file-failures';
import { isKeptReadOnly } from './kept-read-only';
import { uploadInto } from './upload-into';

/** Uploads what was dropped on a row of the sandboxes, or says why not. */
export async function dropInto(desk: Desk, rowId: string | undefined, given: DataTransfer): Promise<void> {
  const { session } = desk.connections.current.value;
  const folder = session && folderOf(desk, session, rowId);
  if (!session || !folder) {
    void notice(
      'information',
      l10n.t('Files go into a sandbox: drop them on a sandbox that runs, its files, or a folder of them.'),
    );
    return;
  }
  const box = session.inventory.boxes.find(folder.id);
  if (box && box.status !== 'ready') {
    const why = new OutOfReachError({ why: 'not-running', box, status: box.status });
    void notice('information', fileFailureSentence(why));
    return;
  }
  if (isKeptReadOnly(desk, folder)) return;
  const dropped = await readable(desk, given);
  if (!dropped) return;
  try {
    if (dropped.paths.length === 0) {
      void notice('information', l10n.t('Only files and folders of this machine can be dropped here.'));
      return;
    }
    if (dropped.leftOut > 0) {
      const text = l10n.t(
        'Left out: {0} of what was dropped, for it is not on this machine.',
        dropped.leftOut,
      );
      void notice('information', text);
    }
    await uploadInto(desk, session, folder, folder.path, dropped.paths);
  } finally {
    await dropped.dispose();
  }
}

/** A browser gives no folder of its desktop. */
async function readable(desk: Desk, given: DataTransfer): Promise<Dropped | undefined> {
  try {
    return await droppedFiles(given);
  } catch (error) {
    desk.log.error('what was dropped could not be read', error);
    void notice(
      'error',
      l10n.t('What was dropped could not be read. Choose it with “Upload to Sandbox…” instead.'),
      [showLog(desk)],
    );
    return undefined;
  }
}

/** A file stands for the folder that it lies in, as in the explorer. */
function folderOf(desk: Desk, { inventory }: Session, rowId = ''): FileAt | undefined {
  const file = desk.trees.sandboxes.fileOf(rowId);
  if (file) return { id: file.id, path: file.isFolder ? file.path : posix.dirname(file.path) };
  const box = inventory.boxes.find(filePlace(rowId)?.boxId ?? rowId);
  return box && { id: box.id, path: usualFolder(inventory, box) };
}
