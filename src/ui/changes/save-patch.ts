import { commands as editor, l10n, Uri, window, workspace } from 'vscode';
import os from 'node:os';
import { posix } from 'node:path';
import { patchOf, type Patch } from '../../app/changes/patch';
import { settle } from '../../app/outcome';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { runAction } from '../run-action';
import { namesInShort } from '../words/count';
import { partialWords, whyLeftOut } from './change-words';
import type { ShownComparison } from './shown-comparison';

/** All changes in one file for `git apply`; what it can't hold is named in it and told. */
export async function saveAsPatch(desk: Desk, session: Session, shown: ShownComparison): Promise<void> {
  const folder =
    workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri ?? Uri.file(os.homedir());
  const target = await window.showSaveDialog({
    title: l10n.t('Save as Patch'),
    defaultUri: Uri.joinPath(folder, `${shown.fileName}.patch`),
    filters: { [l10n.t('Patches')]: ['patch', 'diff'] },
  });
  if (!target) return;
  await runAction<Patch>(desk, session, {
    verb: 'save',
    name: posix.basename(target.path),
    run: (run) =>
      settle(run, async () => {
        const head = [shown.title, ...partialWords(shown.isPartial)];
        const contents = await shown.contents(run);
        const patch = await patchOf(shown.changes, contents, head, whyLeftOut, run.signal);
        await workspace.fs.writeFile(target, patch.bytes);
        return patch;
      }),
    done: ({ leftOut }, { done }) =>
      notice('information', [done, ...leftOutWords(leftOut)].join(' '), [
        { title: l10n.t('Open'), run: () => editor.executeCommand('vscode.open', target) },
      ]),
  });
}

function leftOutWords(leftOut: Patch['leftOut']): string[] {
  if (leftOut.length === 0) return [];
  const names = namesInShort(leftOut.map(({ path }) => posix.basename(path)));
  return [l10n.t('It names what it cannot hold: {0}.', names)];
}
