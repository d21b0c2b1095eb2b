import { l10n } from 'vscode';
import type { BoxStatus, SnapshotStatus } from '../../api/types';
import type { PendingAction } from '../../app/pending';

/** The API's own words for states. */
export function statusWord(status: BoxStatus | SnapshotStatus): string {
  switch (status) {
    case 'building':
      return l10n.t('building');
    case 'provisioning':
      return l10n.t('provisioning');
    case 'ready':
      return l10n.t('ready');
    case 'stopped':
      return l10n.t('stopped');
    case 'failed':
      return l10n.t('failed');
    case 'deleting':
      return l10n.t('deleting');
  }
}

/** Of a change of state that takes far longer than it should. */
export function overdueWord(isOverdue: boolean): string | undefined {
  return isOverdue ? l10n.t('overdue') : undefined;
}

/** What this window is doing with a resource, where its status does not tell yet. */
export function pendingWord(action: PendingAction): string | undefined {
  switch (action) {
    case 'starting':
      return l10n.t('starting');
    case 'stopping':
      return l10n.t('stopping');
    case 'deleting':
      return l10n.t('deleting');
    case 'capturing':
      return l10n.t('capturing');
    case 'waiting':
      return undefined;
  }
}
