import { l10n } from 'vscode';
import type { ShellEnd } from '../../app/terminals/shell';
import { failureSentence } from '../words/failures';
import { size } from '../words/size';
import { statusWord } from '../words/states';

const killedCode = 137;

/** How a program ended, or why it is not seen any more. */
export function endWords(end: ShellEnd): string {
  switch (end.kind) {
    case 'exited':
      return end.code === killedCode
        ? l10n.t('Killed (exit code {0}): by a signal, or for lack of memory.', killedCode)
        : l10n.t('Ended with exit code {0}.', end.code);
    case 'not-running':
      if (end.status === undefined) return l10n.t('The sandbox is not there any more.');
      return end.isKept
        ? l10n.t(
            'The sandbox is {0}. What ran in it goes on when it is started again.',
            statusWord(end.status),
          )
        : l10n.t('The sandbox is {0}, and what ran in it ended.', statusWord(end.status));
    case 'left':
      return l10n.t('You are signed out of this connection. What runs here goes on.');
    case 'forgotten':
      return l10n.t(
        'The server knows nothing of it any more: it was restarted, or nobody was attached for too long.',
      );
    case 'failed':
      return failureSentence(l10n.t('The terminal ended'), end.failure);
  }
}

/** Of output; in bytes. */
export function lostWords(bytes: number): string {
  return l10n.t('{0} of output before this are not kept.', size(bytes));
}

/** On lines of its own, in the theme's weaker colour. */
export function dim(text: string): string {
  return `\r\n\x1b[0;2m${text}\x1b[0m\r\n`;
}
