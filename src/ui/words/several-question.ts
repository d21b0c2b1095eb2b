import { l10n } from 'vscode';
import type { SeveralVerb } from '../../app/activity/verb';

export interface SeveralQuestion {
  readonly text: string;
  readonly button: string;
  /** Those that were chosen as well, and why nothing is done to them; `others` is a count such as `1 sandbox`. */
  readonly leftOut: (others: string) => string;
}

/** `what` is a count such as `5 sandboxes`. */
export function severalQuestion(verb: SeveralVerb, what: string): SeveralQuestion {
  switch (verb) {
    case 'start-several':
      return {
        text: l10n.t('Start {0}?', what),
        button: l10n.t('Start'),
        leftOut: (others) => l10n.t('Left out, as running or busy: {0}.', others),
      };
    case 'stop-several':
      return {
        text: l10n.t('Stop {0}?', what),
        button: l10n.t('Stop'),
        leftOut: (others) => l10n.t('Left out, as not running or busy: {0}.', others),
      };
    case 'capture-several':
      return {
        text: l10n.t('Capture {0}?', what),
        button: l10n.t('Capture'),
        leftOut: (others) => l10n.t('Left out, as not running or busy: {0}.', others),
      };
    case 'delete-several':
      return {
        text: l10n.t('Delete {0}?', what),
        button: l10n.t('Delete'),
        leftOut: (others) => l10n.t('Left out, as being deleted already: {0}.', others),
      };
  }
}
