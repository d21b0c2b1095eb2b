import { l10n, window, type InputBoxOptions } from 'vscode';
import { posix } from 'node:path';

/** The path of a sandbox's folder, absolute; whether it is there is not looked at. Undefined when escaped. */
export async function askFolder(
  options: Pick<InputBoxOptions, 'title' | 'prompt' | 'value'>,
): Promise<string | undefined> {
  const text = await window.showInputBox({
    ...options,
    validateInput: (typed) => (typed.startsWith('/') ? undefined : l10n.t('A path that begins with /')),
  });
  return text === undefined ? undefined : posix.resolve('/', text);
}
