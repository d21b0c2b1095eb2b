import { l10n } from 'vscode';
import type { Found } from '../../app/activity/journal';
import type { ActionRecord } from '../../app/activity/record';
import { targetName, titledTarget, type Profile } from '../../app/target';
import { joined, type Row } from '../trees/row';
import { actionWords } from '../words/actions';
import { stepText } from '../words/steps';
import { span, stopwatch } from '../words/time';

/** One action as a line of the list; `now` is in epoch milliseconds, `known` tells what its connection is called by now. */
export function activityRow({ record, followedBy }: Found, now: number, known: readonly Profile[]): Row {
  const { title } = actionWords(record.verb, record.name);
  const { end } = record;
  const description = joined([
    how(record, followedBy !== undefined, now),
    end && l10n.t('{0} ago', span(now - end.at)),
    targetName(titledTarget(record.target, known)),
  ]);
  return {
    id: record.id,
    label: title,
    description,
    icon: iconOf(record, followedBy !== undefined),
    contextValue: 'activity',
    spoken: joined([title, description]),
  };
}

/** How it stands, or how it ended and after how long. */
export function how({ end, lines, startedAt }: ActionRecord, isFollowed: boolean, now: number): string {
  const { step } = lines.at(-1) ?? { step: { kind: 'asking' } as const };
  if (!end && !isFollowed) return l10n.t('not followed: connect to it again');
  if (!end) return stepText(step, now - startedAt);
  const took = stopwatch(end.at - startedAt);
  switch (end.kind) {
    case 'done':
      return l10n.t('done in {0}', took);
    case 'cancelled':
      return l10n.t('cancelled after {0}', took);
    case 'failed':
      return l10n.t('failed after {0}', took);
  }
}

function iconOf({ end }: ActionRecord, isFollowed: boolean): Row['icon'] {
  switch (end?.kind) {
    case undefined:
      return isFollowed ? 'busy' : 'unfollowed';
    case 'done':
      return 'done';
    case 'cancelled':
      return 'cancelled';
    case 'failed':
      return 'failed';
  }
}
