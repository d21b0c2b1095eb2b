import { l10n } from 'vscode';
import type { Running } from '../../app/running';

export function sandboxes(count: number): string {
  return count === 1 ? l10n.t('1 sandbox') : l10n.t('{0} sandboxes', count);
}

/** `3`, or `3+` when more may run than are known. */
export function countOf({ count, isPartial }: Running): string {
  return isPartial ? `${count}+` : String(count);
}

export function runningSandboxes(running: Running): string {
  if (running.count === 1 && !running.isPartial) return l10n.t('1 sandbox runs');
  return l10n.t('{0} sandboxes run', countOf(running));
}
