import { commands as editor, l10n, type Uri } from 'vscode';
import { posix } from 'node:path';
import type { Change } from '../../app/changes/compare';
import { notice } from '../notice';
import { missingUri } from './original-documents';
import type { ShownComparison } from './shown-comparison';

const mostAtOnce = 100;

/** Shows a change as a diff; what has none says why. */
export async function openChange(shown: ShownComparison, change: Change): Promise<void> {
  const sides = sidesOf(shown, change);
  if (typeof sides === 'string') return notice('information', sides);
  const title = l10n.t('{0} ({1})', posix.basename(change.path), shown.title);
  const [before, after] = sides.map((uri) => uri ?? missingUri(change.path));
  await editor.executeCommand('vscode.diff', before, after, title, { preview: true });
}

/** All that can be shown as diffs, in one editor. */
export async function openAllChanges(shown: ShownComparison): Promise<void> {
  const openable = shown.changes.flatMap((change) => {
    const sides = sidesOf(shown, change);
    return typeof sides === 'string' ? [] : [[shown.after(change.path), ...sides]];
  });
  await editor.executeCommand('vscode.changes', shown.title, openable.slice(0, mostAtOnce));
  const others = shown.changes.length - Math.min(openable.length, mostAtOnce);
  if (others > 0) {
    void notice(
      'information',
      l10n.t('{0} changes are not shown there: they are no text, or too many.', others),
    );
  }
}

/** Undefined where there is nothing. A sentence why it can't be shown. */
function sidesOf(
  shown: ShownComparison,
  { path, before, after, isModeOnly }: Change,
): [Uri | undefined, Uri | undefined] | string {
  if (isModeOnly) return l10n.t('Only the permissions of {0} differ.', path);
  const kind = after?.kind ?? before?.kind;
  if (kind === 'folder') return l10n.t('{0} is a folder, which has no text to compare.', path);
  if (kind !== 'file') return l10n.t('{0} is a link or a device, which has no text to compare.', path);
  const was = before?.kind === 'file' ? shown.before(path) : undefined;
  if (before?.kind === 'file' && !was) {
    return l10n.t('{0} as it was is no text, or too large to be kept.', path);
  }
  return [was, after ? shown.after(path) : undefined];
}
