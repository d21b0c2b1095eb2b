import { l10n } from 'vscode';
import type { Found } from '../../app/activity/journal';
import { targetName, titledTarget, type Profile } from '../../app/target';
import { joined } from '../trees/row';
import { actionWords } from '../words/actions';
import { stepWords } from '../words/steps';
import { how } from './activity-row';

/** All that is written down of an action, the reason of a failure first; the rest as for `activityRow`. */
export function activityText({ record, followedBy }: Found, now: number, known: readonly Profile[]): string {
  const { title, doing } = actionWords(record.verb, record.name);
  const steps = record.lines.map(({ at, step }) => `${time(at)}  ${stepWords(step)}`);
  const end = record.end && `${time(record.end.at)}  ${endWord(record.end.kind)}`;
  return [
    title,
    joined([how(record, followedBy !== undefined, now), targetName(titledTarget(record.target, known))]),
    ...(record.end?.sentence ? ['', record.end.sentence] : []),
    '',
    `${time(record.startedAt)}  ${doing}`,
    ...steps,
    ...(end ? [end] : []),
    '',
  ].join('\n');
}

function endWord(kind: 'done' | 'cancelled' | 'failed'): string {
  switch (kind) {
    case 'done':
      return l10n.t('done');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'failed':
      return l10n.t('failed');
  }
}

function time(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour12: false });
}
