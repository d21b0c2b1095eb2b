import { commands as editor, l10n } from 'vscode';
import type { Box } from '../../api/types';
import { bringIn } from '../../app/bring-in';
import type { Session } from '../../app/session';
import { views } from '../../contributions';
import type { Desk } from '../desk';
import { notice, type Remedy } from '../notice';

/** A button that leads to these sandboxes in their view: the first of them is selected there. */
export function showSandboxes(desk: Desk, session: Session, boxes: readonly Box[]): Remedy[] {
  const [first] = boxes;
  if (!first) return [];
  const show = async (): Promise<void> => {
    await editor.executeCommand(`${views.sandboxes}.focus`);
    const isThere = await bringIn(session.inventory.boxes, first);
    if (isThere && (await desk.trees.sandboxes.show(first.id))) return;
    void notice('warning', l10n.t('It is not there any more.'));
  };
  return [{ title: boxes.length === 1 ? l10n.t('Show Sandbox') : l10n.t('Show Sandboxes'), run: show }];
}
