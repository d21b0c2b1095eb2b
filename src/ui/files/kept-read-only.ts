import { commands as editor, l10n } from 'vscode';
import { FileError } from '../../app/files/file-error';
import type { FileAt } from '../../app/files/sandbox-files';
import { commands } from '../../contributions';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { fileFailureSentence } from './file-failures';

/** Whether the sandbox's files are to stay as they are, which is told then, with the way out. */
export function isKeptReadOnly({ readOnly }: Pick<Desk, 'readOnly'>, { id, path }: FileAt): boolean {
  if (!readOnly.has(id)) return false;
  void notice('warning', fileFailureSentence(new FileError('read-only', path)), [
    {
      title: l10n.t('Allow Changes to Files'),
      run: () => editor.executeCommand(commands.allowFileChanges, id),
    },
  ]);
  return true;
}
