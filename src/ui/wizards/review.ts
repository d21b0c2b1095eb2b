import { l10n, QuickPickItemKind, type QuickPickItem } from 'vscode';
import { askChoice } from './choice-question';
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
}

interface ReviewItem extends QuickPickItem {
  readonly line?: ReviewLine;
}

/** The last step of a flow: lists the choices, runs on Enter, and lets each be changed. */
export async function askReview(place: Place, { run, subject, detail, lines }: Review): Promise<Turn> {
  for (;;) {
    const go: ReviewItem = { label: `$(play) ${run}`, description: subject(), detail };
    const changes = lines().map((line): ReviewItem => ({
      label: line.label,
      description: line.value,
      line,
    }));
    let chosen: ReviewItem = go;
    const separator = { label: l10n.t('Change'), kind: QuickPickItemKind.Separator };
    const turn = await askChoice<ReviewItem>(place, {
      placeholder: l10n.t('Press Enter to go, or choose what to change'),
      items: [go, separator, ...changes],
      active: go,
      choose: (item) => (chosen = item),
    });
    if (turn !== 'next' || !chosen.line) return turn;
    const { label, change } = chosen.line;
    const changed = await change({ flow: place.flow, label, canGoBack: true });
    if (changed === 'escaped') return changed;
  }
}
