import { commands as editor, l10n } from 'vscode';
import path from 'node:path';
import type { Box } from '../../api/types';
import { uploadAll, type Uploaded } from '../../app/files/transfer/upload-all';
import { settle } from '../../app/outcome';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { runAction } from '../run-action';
import { size } from '../words/size';
import { mayPutInto } from './ask-replace';
import { isKeptReadOnly } from './kept-read-only';

/** Files and folders of this machine, by their paths, into a folder of a running sandbox; what is there stays unless the user says so. */
export async function uploadInto(
  desk: Desk,
  session: Session,
  { id }: Pick<Box, 'id'>,
  folder: string,
  sources: readonly string[],
): Promise<void> {
  if (isKeptReadOnly(desk, { id, path: folder })) return;
  const names = sources.map((source) => path.basename(source));
  if (!(await mayPutInto(desk, id, folder, names))) return;
  await runAction<Uploaded>(desk, session, {
    verb: 'upload',
    name: names.length === 1 && names[0] ? names[0] : l10n.t('{0} items', names.length),
    resourceId: id,
    run: (run) =>
      settle(run, () =>
        desk.fileChanges.into({ id, path: folder }, (place) => uploadAll(place, sources, folder, run)),
      ),
    done: async (uploaded, { done }) => {
      void editor.executeCommand('workbench.files.action.refreshFilesExplorer');
      await notice('information', [done, whatWent(uploaded)].join(' '));
    },
  });
}

function whatWent({ files, bytes, leftOut }: Uploaded): string {
  const went =
    files === 1 ? l10n.t('1 file, {0}.', size(bytes)) : l10n.t('{0} files, {1}.', files, size(bytes));
  if (leftOut === 0) return went;
  return `${went} ${l10n.t('Left out: {0} links and empty folders, for the image has no programs for them.', leftOut)}`;
}
