import { l10n, Uri } from 'vscode';
import { compare, type Comparison } from '../../app/changes/compare';
import { contentsAfter, contentsBefore } from '../../app/changes/contents';
import { settle } from '../../app/outcome';
import { partialWords } from '../changes/change-words';
import { askOtherFolder, askSandboxFolder, folderAt, type ComparedFolder } from '../changes/compared-folder';
import type { ShownComparison } from '../changes/shown-comparison';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { runAction } from '../run-action';
import { sessionFor } from './session';

/** A folder of the explorer or of a row's sandbox beside another; one of the two is a sandbox's. */
export async function compareFolders(desk: Desk, argument: unknown): Promise<void> {
  const title = l10n.t('Compare Folder');
  const session = await sessionFor(desk);
  const one =
    argument instanceof Uri
      ? folderAt(desk, argument)
      : await askSandboxFolder(desk, { title, id: argument });
  const other = session && one && (await askOtherFolder(desk, { title, other: one }));
  if (!other) return;
  const isLocal = one.isLocal || other.isLocal;
  // Of this machine's permissions only one has a meaning elsewhere.
  const options = { permissions: isLocal ? 0o100 : 0o7777, areTimesTrue: false };
  await runAction<Comparison>(desk, session, {
    verb: 'compare',
    name: one.name,
    resourceId: one.boxId ?? other.boxId,
    run: (run) => settle(run, () => compare(one.side, other.side, options, run)),
    done: (comparison) => {
      if (comparison.changes.length > 0) {
        desk.lastComparison.show(desk, session, shownOf(comparison, one, other));
        return Promise.resolve();
      }
      const same = l10n.t('Nothing differs between {0} and {1}.', one.name, other.name);
      return notice('information', [same, ...partialWords(comparison.isPartial)].join(' '));
    },
  });
}

function shownOf(comparison: Comparison, one: ComparedFolder, other: ComparedFolder): ShownComparison {
  const { changes } = comparison;
  const words = {
    added: l10n.t('only in {0}', other.name),
    changed: l10n.t('different'),
    deleted: l10n.t('only in {0}', one.name),
  };
  return {
    ...comparison,
    title: l10n.t('{0} ↔ {1}', one.name, other.name),
    fileName: 'folders',
    word: (how) => words[how],
    before: one.uri,
    after: other.uri,
    contents: async (run) => ({
      before: await contentsBefore(one.side, changes, run),
      after: await contentsAfter(other.side, changes, run),
    }),
  };
}
