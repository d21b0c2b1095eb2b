import { QuickInputButtons, window, type QuickPickItem } from 'vscode';
import { titleOf, type Place, type Turn } from './steps';

export interface ChoiceQuestion<T extends QuickPickItem> {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** Highlighted first, so that Enter takes it. */
  readonly active?: T;
  /** Gets what was chosen. */
  readonly choose: (item: T) => void;
  /** Gets the one whose button was pressed. */
  readonly press?: (item: T) => void;
}

/** One of a few. */
export function askChoice<T extends QuickPickItem>(place: Place, question: ChoiceQuestion<T>): Promise<Turn> {
  const input = window.createQuickPick<T>();
  input.title = titleOf(place);
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.placeholder = question.placeholder;
  input.items = question.items;
  if (question.active) input.activeItems = [question.active];
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (turn: Turn): void => {
      resolve(turn);
      input.hide();
    };
    input.onDidTriggerButton(() => end('back'));
    input.onDidAccept(() => {
      const [item] = input.selectedItems;
      if (!item) return;
      question.choose(item);
      end('next');
    });
    input.onDidTriggerItemButton(({ item }) => {
      question.press?.(item);
      end('next');
    });
    input.onDidHide(() => {
      input.dispose();
      resolve('escaped');
    });
    input.show();
  });
}
