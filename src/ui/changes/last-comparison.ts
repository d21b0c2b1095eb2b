import { commands as editor, l10n } from 'vscode';
import type { Session } from '../../app/session';
import { contextKeys } from '../../contributions';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showChangeList } from './change-list';
import type { ShownComparison } from './shown-comparison';

/** The newest comparison, whose list can be gone through change by change. */
export class LastComparison {
  #last: { readonly session: Session; readonly shown: ShownComparison } | undefined;
  #opened: string | undefined;

  /** Lists what a comparison has found. */
  show(desk: Desk, session: Session, shown: ShownComparison): void {
    this.#last = { session, shown };
    this.#opened = undefined;
    void editor.executeCommand('setContext', contextKeys.compared, true);
    this.#list(desk, session, shown);
  }

  /** Lists it once more, at the change that was opened last. */
  again(desk: Desk): void | Promise<void> {
    if (this.#last && this.#last.session === desk.connections.current.value.session) {
      this.#list(desk, this.#last.session, this.#last.shown);
      return;
    }
    this.#last = undefined;
    void editor.executeCommand('setContext', contextKeys.compared, false);
    return notice('information', l10n.t('Nothing was compared over this connection yet.'));
  }

  #list(desk: Desk, session: Session, shown: ShownComparison): void {
    const onOpen = (path: string): void => void (this.#opened = path);
    showChangeList(desk, session, shown, { at: this.#opened, onOpen });
  }
}
