import { l10n } from 'vscode';
import type { Step } from '../../app/outcome';
import { statusWord } from './states';
import { size } from './size';
import { stopwatch } from './time';

/** What goes on, and for how long already. */
export function stepText(step: Step, elapsedMs: number): string {
  return `${stepWords(step)} (${stopwatch(elapsedMs)})`;
}

export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'asking':
      return l10n.t('asking the server');
    case 'bytes':
      return l10n.t('{0} of {1}', size(Math.min(step.done, step.of)), size(step.of));
    case 'counting':
      return l10n.t('{0} of {1}', step.ended, step.of);
    case 'listing':
      return l10n.t('comparing files');
    case 'waiting':
      return step.message || statusWord(step.status);
  }
}
