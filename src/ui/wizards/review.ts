import { l10n, QuickPickItemKind, type QuickPickItem } from 'vscode';
import type { Making } from '../../app/code/making';
import { askChoice } from './choice-question';
import { copyLines, type CopyLine } from './copy-lines';
import type { Place, Turn } from './steps';

/** A choice that has a good default: shown on the last step, and asked for only when it is chosen there. */
export interface ReviewLine {
  readonly label: string;
  readonly value: string;
  readonly change: (place: Place) => Promise<Turn>;
}

export interface Review {
  /** What Enter does: `Build Snapshot`. */
  readonly run: string;
  /** On what: `python from python:3.12-slim`. */
  readonly subject: () => string;
  /** What is worth knowing before. */
  readonly detail?: string;
  readonly lines: () => readonly ReviewLine[];
  /** What Enter asks of the server, as a program to copy. */
  readonly making: () => Making;
}

interface ReviewItem extends QuickPickItem {
  readonly line?: ReviewLine;
  readonly copy?: CopyLine['copy'];
}

/** The last step of a flow: lists the choices, runs on Enter, and lets each be changed or all be copied. */
export async function askReview(place: Place, review: Review): Promise<Turn> {
  for (;;) {
    const { go, items } = itemsOf(review);
    let chosen: ReviewItem = go;
    const turn = await askChoice<ReviewItem>(place, {
      placeholder: l10n.t('Press Enter to go, or choose what to change'),
      items,
      active: go,
      choose: (item) => (chosen = item),
    });
    if (turn !== 'next' || chosen === go) return turn;
    await chosen.copy?.();
    const { line } = chosen;
    const changed = await line?.change({ flow: place.flow, label: line.label, canGoBack: true });
    if (changed === 'escaped') return changed;
  }
}

function itemsOf({ run, subject, detail, lines, making }: Review): {
  readonly go: ReviewItem;
  readonly items: readonly ReviewItem[];
} {
  const go: ReviewItem = { label: `$(play) ${run}`, description: subject(), detail };
  const separator = (label: string): ReviewItem => ({ label, kind: QuickPickItemKind.Separator });
  const items = [
    go,
    separator(l10n.t('Change')),
    ...lines().map((line): ReviewItem => ({ label: line.label, description: line.value, line })),
    separator(l10n.t('Copy')),
    ...copyLines(making).map(({ label, copy }): ReviewItem => ({ label: `$(copy) ${label}`, copy })),
  ];
  return { go, items };
}
