import { l10n } from 'vscode';
import { isUser, isWorkDir, type RunAs } from '../../app/run-as';
import type { ReviewLine } from './review';
import { askTaken } from './taken-text';

/** Who commands run as, and where. `below`: what an empty field leaves it to. */
export function runLines(draft: RunAs, below: string): ReviewLine[] {
  return [
    {
      label: l10n.t('User'),
      value: draft.user || below,
      change: (place) =>
        askTaken(place, {
          prompt: l10n.t('Who commands run as, such as app or 1000:1000; empty for {0}', below),
          value: draft.user,
          problem: (text) => (text === '' || isUser(text) ? undefined : userRule()),
          take: (text) => (draft.user = text),
        }),
    },
    {
      label: l10n.t('Working Directory'),
      value: draft.workDir || below,
      change: (place) =>
        askTaken(place, {
          prompt: l10n.t('Where commands start; empty for {0}', below),
          placeholder: '/home/app',
          value: draft.workDir,
          problem: (text) => (text === '' || isWorkDir(text) ? undefined : workDirRule()),
          take: (text) => (draft.workDir = text),
        }),
    },
  ];
}

function userRule(): string {
  return l10n.t('Enter a user as name, number, or either with :group.');
}

function workDirRule(): string {
  return l10n.t('A working directory begins with /.');
}
