import { commands, l10n, type Uri } from 'vscode';
import { posix } from 'node:path';
import { askModal } from '../ask-modal';
import { presentUri } from './sandbox-uri';

/** Whether to write over what somebody else has made of a file; “Compare” shows both and leaves it. */
export function askOverwrite(uri: Uri): Promise<boolean> {
  const name = posix.basename(uri.path);
  return askModal({
    text: l10n.t('Overwrite {0}?', name),
    detail: l10n.t('It has changed in the sandbox since it was read here.'),
    button: l10n.t('Overwrite'),
    alternatives: [
      {
        title: l10n.t('Compare'),
        run: () =>
          commands.executeCommand(
            'vscode.diff',
            presentUri(uri),
            uri,
            l10n.t('{0} (in sandbox) ↔ {0} (in editor)', name),
          ),
      },
    ],
  });
}
