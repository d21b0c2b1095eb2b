import { l10n } from 'vscode';
import type { Step } from '../../app/outcome';
import { statusWord } from './states';
import { stopwatch } from './time';

/** What goes on, and for how long already. */
export function stepText(step: Step, elapsedMs: number): string {
  return `${stepWords(step)} (${stopwatch(elapsedMs)})`;
}

export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'asking':
      return l10n.t('asking the server');
    case 'counting':
      return l10n.t('{0} of {1}', step.ended, step.of);
    case 'waiting':
      return step.message || statusWord(step.status);
  }
}
