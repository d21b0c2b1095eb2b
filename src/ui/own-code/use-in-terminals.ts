import { commands as editor, l10n, window } from 'vscode';
import { targetName, type Target } from '../../app/target';
import { sessionFor } from '../commands/session';
import type { Desk } from '../desk';
import { notice } from '../notice';

/** From now on, programs in this workspace's terminals and tasks find the connection that the sidebar shows. */
export async function useInTerminals(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const { target } = session;
  const key = target.kind === 'local' ? 'with-key' : await askForKey(target);
  if (!key) return;
  await desk.terminalAccess.use(target, key);
  const name = targetName(target);
  const text =
    key === 'with-key'
      ? l10n.t('New terminals and tasks of this workspace talk to {0}.', name)
      : l10n.t('New terminals and tasks of this workspace get the endpoint of {0}, and no key.', name);
  void notice('information', text, [
    {
      title: l10n.t('New Terminal'),
      run: () => editor.executeCommand('workbench.action.terminal.new'),
    },
  ]);
}

/** Undefined when the user does not want any of it. */
async function askForKey(target: Target): Promise<'with-key' | 'without-key' | undefined> {
  const giveKey = l10n.t('Give Them the Key');
  const endpointOnly = l10n.t('Endpoint Only');
  const chosen = await window.showWarningMessage(
    l10n.t('Give programs in the terminals of this workspace the API key of {0}?', targetName(target)),
    {
      modal: true,
      detail: l10n.t(
        'Every program that is started in a terminal or a task of this workspace could read it, as LANGSMITH_API_KEY. The editor may keep it with terminals that it brings back after a restart; new ones are without it once you sign out or stop this.',
      ),
    },
    giveKey,
    endpointOnly,
  );
  if (chosen === giveKey) return 'with-key';
  return chosen === endpointOnly ? 'without-key' : undefined;
}
