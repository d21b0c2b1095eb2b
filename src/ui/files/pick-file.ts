import { l10n } from 'vscode';
import { posix } from 'node:path';
import type { Box } from '../../api/types';
import { findFiles } from '../../app/files/find-files';
import type { SandboxFiles } from '../../app/files/sandbox-files';
import { searchPick } from '../pickers/search-pick';
import { fileFailureSentence } from './file-failures';

export interface PickedFile {
  readonly path: string;
  readonly is_dir: boolean;
}

/** A file of a sandbox by part of its path, looked for in the sandbox below `folder`; folders too where they are wanted. */
export function pickFile(
  files: Pick<SandboxFiles, 'within'>,
  { id }: Box,
  { title, folder, withFolders = false }: { title: string; folder: string; withFolders?: boolean },
): Promise<PickedFile | undefined> {
  return searchPick<PickedFile>({
    title,
    placeholder: l10n.t('Part of a path below {0}, or a path that begins with /', folder),
    nothing: l10n.t('{0} holds no file.', folder),
    noMatch: (text) => l10n.t('No path there has “{0}” in it.', text),
    search: async (text, signal) => {
      const found = await files.within(id, (place) => findFiles(place, text, folder, signal));
      return found.filter(({ is_dir }) => withFolders || !is_dir);
    },
    item: ({ path, is_dir }) => ({
      label: `${is_dir ? '$(folder)' : '$(file)'} ${posix.basename(path)}`,
      description: posix.dirname(path),
    }),
    failure: fileFailureSentence,
  });
}
