import { window } from 'vscode';
import type { Remedy } from './notice';

export interface ModalQuestion {
  readonly text: string;
  readonly detail: string;
  /** The button that goes on. */
  readonly button: string;
  /** Buttons beside it that lead elsewhere. */
  readonly alternatives?: readonly Remedy[];
}

/** Asks in the middle of the window; whether to go on. An alternative that was chosen is done by then. */
export async function askModal({ text, detail, button, alternatives = [] }: ModalQuestion): Promise<boolean> {
  const titles = alternatives.map(({ title }) => title);
  const chosen = await window.showWarningMessage(text, { modal: true, detail }, button, ...titles);
  await alternatives.find(({ title }) => title === chosen)?.run();
  return chosen === button;
}
