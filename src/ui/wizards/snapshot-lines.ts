import { l10n } from 'vscode';
import { isTag, longestDescription, longestTag } from '../../app/names';
import { labelsLine, variablesLine } from './pairs-question';
import type { ReviewLine } from './review';
import { runLines } from './run-lines';
import type { SnapshotMarks } from './snapshot-marks';
import { askTaken } from './taken-text';

/** `below`: whose user, directory and variables sandboxes of it have unless it names its own. */
export function snapshotLines(marks: SnapshotMarks, below: string): ReviewLine[] {
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
    ...runLines(marks, below),
    variablesLine({ pairs: () => marks.variables, choose: (variables) => (marks.variables = variables) }),
  ];
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
