import { commands as editor, l10n, type EnvironmentVariableCollection } from 'vscode';
import type { Subscription } from '../../app/observable';
import { targetName } from '../../app/target';
import type { Variables } from '../../app/own-code/variables';
import { contextKeys } from '../../contributions';
import type { Desk } from '../desk';

/**
 * Gives terminals and tasks what they are to have, from the next one on. We write none of it to disk: a key may be in
 * it. The editor may, with terminals that it brings back (`terminal.integrated.enablePersistentSessions`).
 */
export function followVariables(
  { connections, terminalAccess }: Desk,
  collection: EnvironmentVariableCollection,
): Subscription {
  collection.persistent = false;
  const tell = (): void => {
    void editor.executeCommand('setContext', contextKeys.inTerminals, terminalAccess.choice.value.isOn);
  };
  const show = (): void => give(collection, terminalAccess.variables.value);
  const subscriptions = [terminalAccess.choice.subscribe(tell), terminalAccess.variables.subscribe(show)];
  tell();
  show();
  if (terminalAccess.choice.value.isOn) void connections.restore();
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      collection.clear();
    },
  };
}

function give(collection: EnvironmentVariableCollection, variables: Variables | undefined): void {
  collection.clear();
  if (!variables) return;
  collection.description = l10n.t('LangSmith: programs talk to {0}', targetName(variables.target));
  for (const [name, value] of variables.values) collection.replace(name, value.reveal());
}
