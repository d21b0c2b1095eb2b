import { l10n } from 'vscode';
import { posix } from 'node:path';
import { fileOfRow, filePlace, isAtOrBelow } from '../../app/files/file-place';
import type { FileAt } from '../../app/files/sandbox-files';
import { usualFolder } from '../../app/files/usual-folder';
import type { Session } from '../../app/session';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import { isKeptReadOnly } from '../files/kept-read-only';
import { notice } from '../notice';
import { amongRunning } from '../pickers/among-running';
import { briefly } from '../services/briefly';
import { namesInShort } from '../words/count';
import { cutMiddle } from '../words/cut';
import { chosenSandbox } from './chosen';
import { selectedRows } from './selected';

/** The files and folders of the rows that are selected, all of one sandbox. */
export async function deleteFile(desk: Desk, rowId: unknown, selected: unknown): Promise<void> {
  const first = fileOfRow(rowId);
  if (!first || isKeptReadOnly(desk, first)) return;
  const rows = selectedRows(rowId, selected);
  if (rows.some((row) => (filePlace(row)?.boxId ?? first.id) !== first.id)) {
    void notice('information', l10n.t('What is selected lies in several sandboxes. Select files of one.'));
    return;
  }
  const chosen = await chosenSandbox(desk, first.id, amongRunning(l10n.t('Delete')));
  if (!chosen) return;
  const files = withoutThoseBelow(
    rows.filter((row) => !isBeginning(chosen.session, row)).flatMap((row) => fileOfRow(row) ?? []),
  );
  if (files.length === 0) return;
  const names = namesInShort(files.map(({ path }) => posix.basename(path)));
  const isMeant = await askModal({
    text: l10n.t('Delete {0} from sandbox {1}?', names, cutMiddle(chosen.resource.name)),
    detail: l10n.t('Folders go with all they hold. This cannot be undone.'),
    button: l10n.t('Delete'),
  });
  if (!isMeant) return;
  const words = { doing: l10n.t('Deleting {0}', names), couldNot: l10n.t('Could not delete {0}', names) };
  await briefly(desk, chosen.session, words, (signal) => removeAll(desk, files, signal));
}

/** Whether other rows begin at it: those have no Delete, but can be selected with some that have. */
function isBeginning({ inventory }: Session, row: unknown): boolean {
  const { boxId, file } = filePlace(row) ?? {};
  if (boxId === undefined || !file) return false;
  const box = inventory.boxes.find(boxId);
  const isWork = file.from === 'work' && box !== undefined && file.path === usualFolder(inventory, box);
  return isWork || file.path === '/';
}

/** A part of a folder may be gone when it fails: what is shown of it is old either way. */
async function removeAll(
  { fileChanges, folders }: Desk,
  files: readonly FileAt[],
  signal: AbortSignal,
): Promise<void> {
  for (const at of files) {
    signal.throwIfAborted();
    await fileChanges.remove(at, true).catch((error: unknown) => {
      folders.refresh({ id: at.id, path: posix.dirname(at.path) });
      throw error;
    });
  }
}

/** Each once: a file can have two rows. */
function withoutThoseBelow(files: readonly FileAt[]): FileAt[] {
  return files.filter((at, index) =>
    files.every((other, before) => {
      const isSame = other.path === at.path;
      return isSame ? before >= index : !isAtOrBelow(at, other);
    }),
  );
}
