import { l10n } from 'vscode';
import { isTag, longestDescription, longestTag } from '../../app/names';
import { labelsLine } from './pairs-question';
import type { ReviewLine } from './review';
import type { SnapshotMarks } from './snapshot-marks';
import type { Place, Turn } from './steps';
import { askText } from './text-question';

export function snapshotLines(marks: SnapshotMarks): ReviewLine[] {
  return [
    {
      label: l10n.t('Tag'),
      value: marks.tag || 'latest',
      change: (place) =>
        askTaken(place, {
          prompt: l10n.t('Tag; it moves here from the snapshot that has it'),
          placeholder: 'latest',
          value: marks.tag,
          problem: (text) => (text === '' || isTag(text) ? undefined : tagRule()),
          take: (text) => (marks.tag = text),
        }),
    },
    {
      label: l10n.t('Description'),
      value: marks.description || l10n.t('none'),
      change: (place) =>
        askTaken(place, {
          prompt: l10n.t('What this snapshot holds'),
          value: marks.description,
          problem: (text) => (text.length <= longestDescription ? undefined : descriptionRule()),
          take: (text) => (marks.description = text),
        }),
    },
    labelsLine({ pairs: () => marks.labels, choose: (labels) => (marks.labels = labels) }),
  ];
}

interface TakenText {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly problem: (text: string) => string | undefined;
  readonly take: (text: string) => void;
}

/** What was typed is taken on Enter alone: Back and Escape leave what was there. */
async function askTaken(
  place: Place,
  { problem, take, prompt, placeholder, value }: TakenText,
): Promise<Turn> {
  let typed = value;
  const turn = await askText(place, {
    prompt,
    placeholder,
    value,
    check: (text) => {
      const wrong = problem(text);
      return wrong === undefined ? undefined : { text: wrong, severity: 'error' };
    },
    keep: (text) => (typed = text),
  });
  if (turn === 'next') take(typed);
  return turn;
}

function tagRule(): string {
  return l10n.t(
    'A tag has at most {0} letters, digits, and . _ -, and begins with none of . and -.',
    longestTag,
  );
}

function descriptionRule(): string {
  return l10n.t('A description has at most {0} characters.', longestDescription);
}
