import { l10n } from 'vscode';

export function sandboxes(count: number): string {
  return count === 1 ? l10n.t('1 sandbox') : l10n.t('{0} sandboxes', count);
}
