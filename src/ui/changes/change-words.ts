import { l10n } from 'vscode';
import { posix } from 'node:path';
import type { Change } from '../../app/changes/compare';
import type { NotInPatch } from '../../app/changes/patch';
import { size } from '../words/size';
import type { ShownComparison } from './shown-comparison';

const icons = { added: 'diff-added', changed: 'diff-modified', deleted: 'diff-removed' } as const;

/** One row: `main.py  /srv · changed · 1 KB → 2 KB`. */
export function changeRow(
  change: Change,
  word: ShownComparison['word'],
): { label: string; description: string } {
  const folder = posix.dirname(change.path);
  const facts = [...(folder === '.' ? [] : [folder]), whatOf(change, word), ...sizeOf(change)];
  return {
    label: `$(${icons[change.how]}) ${posix.basename(change.path).replaceAll('\n', '⏎')}`,
    description: facts.join(' · '),
  };
}

function whatOf(change: Change, word: ShownComparison['word']): string {
  return change.isModeOnly
    ? l10n.t('permissions {0} → {1}', permissionsOf(change.before), permissionsOf(change.after))
    : word(change.how);
}

function permissionsOf(entry: Change['before']): string {
  return (entry?.permissions ?? 0).toString(8);
}

function sizeOf({ before, after, isModeOnly }: Change): string[] {
  const [was, is] = [before, after].map((entry) => (entry?.kind === 'file' ? size(entry.size) : undefined));
  if (was === undefined || is === undefined || isModeOnly || was === is)
    return [is ?? was ?? kindOf(after ?? before)];
  return [`${was} → ${is}`];
}

function kindOf(entry: Change['before']): string {
  return entry?.kind === 'folder'
    ? l10n.t('folder')
    : entry?.kind === 'link'
      ? l10n.t('link')
      : l10n.t('device');
}

/** `1 added, 2 changed, 3 deleted`; what there is none of has no word. */
export function changesInShort({ changes, word }: Pick<ShownComparison, 'changes' | 'word'>): string {
  const hows = ['added', 'changed', 'deleted'] as const;
  return hows
    .map((how) => [changes.filter((change) => change.how === how).length, word(how)] as const)
    .filter(([count]) => count > 0)
    .map((counted) => counted.join(' '))
    .join(', ');
}

export function partialWords(isPartial: boolean): string[] {
  return isPartial ? [l10n.t('Left out: files and folders that the sandbox’s user may not read.')] : [];
}

/** Why a change is not in a patch, or can't be opened. */
export function whyLeftOut(why: NotInPatch): string {
  switch (why) {
    case 'binary':
      return l10n.t('no text');
    case 'large':
      return l10n.t('larger than 1 MB');
    case 'too-much':
      return l10n.t('beyond 50 MB of all together');
    case 'unreadable':
      return l10n.t('could not be read');
    case 'folder':
      return l10n.t('a folder by itself');
    case 'device':
      return l10n.t('a device');
  }
}
