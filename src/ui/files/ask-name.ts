import { l10n, window } from 'vscode';
import { posix } from 'node:path';

interface NameQuestion {
  readonly title: string;
  readonly prompt: string;
  /** What the folder has already, as far as is known. */
  readonly taken: ReadonlySet<string>;
  /** The name of before; it is no answer. */
  readonly value?: string;
}

/** A name in a folder of a sandbox; undefined when escaped. */
export function askName({ title, prompt, taken, value }: NameQuestion): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt,
    value,
    valueSelection: value === undefined ? undefined : [0, posix.parse(value).name.length],
    validateInput: (name) => {
      if (name === '' || name.includes('/') || name === '.' || name === '..') {
        return l10n.t('A name without /');
      }
      return name !== value && taken.has(name) ? l10n.t('{0} is there already.', name) : undefined;
    },
  });
}
