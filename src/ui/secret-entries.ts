import { env, UIKind, type ExtensionContext } from 'vscode';
import type { SecretEntries } from '../app/credentials';
import { keyMarksFolder } from '../app/key-marks';
import type { Log } from '../app/log';
import { MarkedSecrets } from '../app/marked-secrets';

/** The editor's SecretStorage, in which all windows follow each other's changes; the editor disposes it. */
export function secretEntries(
  { secrets, globalStorageUri, subscriptions }: ExtensionContext,
  log: Log,
): SecretEntries {
  if (env.uiKind === UIKind.Desktop) return secrets;
  const marked = new MarkedSecrets(secrets, {
    folder: keyMarksFolder(globalStorageUri.fsPath),
    since: performance.timeOrigin,
    onError: (error) => log.error('the change of a key could not be told to other windows', error),
  });
  subscriptions.push(marked);
  return marked;
}
