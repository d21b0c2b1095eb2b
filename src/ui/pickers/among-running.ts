import { l10n } from 'vscode';
import type { BoxStatus } from '../../api/types';
import type { Choosing } from './choosing';

/** For what is done only while a sandbox runs: none is started for it. */
export function amongRunning(title: string): Choosing<BoxStatus> {
  return { title, statuses: ['ready'], nothing: l10n.t('No sandbox is running.') };
}
