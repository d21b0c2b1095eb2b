import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import type { Change } from '../../app/changes/compare';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { orTellFault } from '../fault';
import { changeRow, changesInShort, partialWords } from './change-words';
import { openAllChanges, openChange } from './open-change';
import { saveAsPatch } from './save-patch';
import type { ShownComparison } from './shown-comparison';

/** Lists what differs; each opens as a diff in place of the list. `at`: the path that the list begins at. */
export function showChangeList(
  desk: Desk,
  session: Session,
  shown: ShownComparison,
  { at, onOpen }: { at?: string; onOpen: (path: string) => void },
): void {
  const input = window.createQuickPick<QuickPickItem & { change: Change }>();
  const save = { iconPath: new ThemeIcon('save-as'), tooltip: l10n.t('Save as Patch…') };
  const openAll = { iconPath: new ThemeIcon('diff-multiple'), tooltip: l10n.t('Open All') };
  input.title = shown.title;
  input.placeholder = [`${changesInShort(shown)}.`, ...partialWords(shown.isPartial)].join(' ');
  input.buttons = [openAll, save];
  input.matchOnDescription = true;
  input.items = shown.changes.map((change) => ({ ...changeRow(change, shown.word), change }));
  input.activeItems = input.items.filter(({ change }) => change.path === at);
  const told = (work: () => Promise<void>): void => void orTellFault(desk, 'the list of changes', work);

  input.onDidAccept(() => {
    const [chosen] = input.selectedItems;
    input.hide();
    if (!chosen) return;
    onOpen(chosen.change.path);
    told(() => openChange(shown, chosen.change));
  });
  input.onDidTriggerButton((button) => {
    input.hide();
    told(() => (button === save ? saveAsPatch(desk, session, shown) : openAllChanges(shown)));
  });
  input.onDidHide(() => input.dispose());
  input.show();
}
