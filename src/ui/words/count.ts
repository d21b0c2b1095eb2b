import { l10n } from 'vscode';
import type { SeveralItems } from '../../app/activity/items';
import type { Running } from '../../app/running';
import { cutMiddle } from './cut';

export type Kind = SeveralItems['kind'];

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

export function snapshots(count: number): string {
  return count === 1 ? l10n.t('1 snapshot') : l10n.t('{0} snapshots', count);
}

export function counted(kind: Kind, count: number): string {
  switch (kind) {
    case 'sandboxes':
      return sandboxes(count);
    case 'snapshots':
      return snapshots(count);
  }
}

/** As many names as a sentence bears, and how many more there are: `agent, setup and 3 more`. */
export function namesInShort(names: readonly string[], most = 5): string {
  const named = names.slice(0, most).map((name) => cutMiddle(name));
  const list = named.join(', ');
  return names.length > most ? l10n.t('{0} and {1} more', list, names.length - most) : list;
}
