import { l10n, QuickInputButtons, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { parseImageReference } from '../../app/image-reference';
import { imageProblem } from '../words/problems';
import { titleOf, type Place, type Turn } from './steps';

export interface ImageQuestion {
  readonly value: string;
  /** Images that snapshots were built from before, newest first. */
  readonly recent: readonly string[];
  /** Images in the engine, with a word on each; asked for while the question is open. Never rejects. */
  readonly atHand: (signal: AbortSignal) => Promise<readonly { reference: string; about: string }[]>;
  readonly choose: (image: string) => void;
  readonly keep: (typed: string) => void;
}

interface ImageItem extends QuickPickItem {
  /** Absent on a line that only says what is wrong. */
  readonly image?: string;
}

/** An image, typed or taken from those used before or at hand. What is typed is checked as it is typed. */
export function askImage(place: Place, question: ImageQuestion): Promise<Turn> {
  const input = window.createQuickPick<ImageItem>();
  input.title = titleOf(place);
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.placeholder = l10n.t('Docker image, such as python:3.12-slim or registry.example.com/team/base:1');
  input.value = question.value;
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack ? [QuickInputButtons.Back] : [];
  const asking = new AbortController();
  let offered = offers(question.recent, []);
  const show = (): void => {
    input.items = [...typedItems(input.value.trim()), ...offered];
  };

  return new Promise((resolve) => {
    let isAnswered = false;
    const end = (turn: Turn): void => {
      isAnswered = turn === 'next';
      resolve(turn);
      input.hide();
    };
    input.onDidChangeValue(show);
    input.onDidTriggerButton(() => end('back'));
    input.onDidAccept(() => {
      const image = input.selectedItems[0]?.image;
      if (image === undefined) return;
      question.choose(image);
      end('next');
    });
    input.onDidHide(() => {
      if (!isAnswered) question.keep(input.value.trim());
      asking.abort();
      input.dispose();
      resolve('escaped');
    });
    show();
    input.show();
    input.busy = true;
    void question.atHand(asking.signal).then((atHand) => {
      if (asking.signal.aborted) return;
      offered = offers(question.recent, atHand);
      input.busy = false;
      show();
    });
  });
}

/** The line for what is typed: it can be taken, or says why not. */
function typedItems(text: string): ImageItem[] {
  if (text === '') return [];
  const parsed = parseImageReference(text);
  if (!parsed.ok) return [{ label: `$(error) ${imageProblem(parsed.problem)}`, alwaysShow: true }];
  return [{ label: text, description: l10n.t('Docker image'), alwaysShow: true, image: text }];
}

function offers(
  recent: readonly string[],
  atHand: readonly { reference: string; about: string }[],
): ImageItem[] {
  const used = recent.map((image): ImageItem => ({ label: image, image }));
  const here = atHand
    .filter(({ reference }) => !recent.includes(reference))
    .map(({ reference, about }): ImageItem => ({ label: reference, description: about, image: reference }));
  return [...headed(l10n.t('Used before'), used), ...headed(l10n.t('In the container engine'), here)];
}

function headed(heading: string, items: ImageItem[]): ImageItem[] {
  return items.length === 0 ? [] : [{ label: heading, kind: QuickPickItemKind.Separator }, ...items];
}
