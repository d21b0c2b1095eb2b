import { commands as editor, l10n } from 'vscode';
import { targetOf } from '../app/connection';
import type { Connections } from '../app/connections';
import type { Credentials } from '../app/credentials';
import type { Subscription } from '../app/observable';
import { hasStoredKey, targetName } from '../app/target';
import { notice } from './notice';

/** Says so when the key of the connection was changed in another window and this one can't read it as it stands. */
export function followMissedKeys(connections: Connections, credentials: Credentials): Subscription {
  return credentials.onDidMiss((isOf) => {
    const target = targetOf(connections.current.value);
    if (!target || !hasStoredKey(target) || !isOf(target)) return;
    const text = l10n.t(
      'Another window updated the API key of {0}. This window uses it once it is reloaded.',
      targetName(target),
    );
    void notice('information', text, [
      {
        title: l10n.t('Reload Window'),
        run: () => editor.executeCommand('workbench.action.reloadWindow'),
      },
    ]);
  });
}
