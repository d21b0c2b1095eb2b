import { l10n } from 'vscode';
import type { Failed, Tally } from '../../app/operations/each';
import type { SeveralVerb } from '../../app/activity/verb';
import { actionWords } from './actions';
import { counted, namesInShort, type Kind } from './count';
import { failureSentence, why } from './failures';

export interface TallyOf<T> {
  readonly verb: SeveralVerb;
  readonly kind: Kind;
  readonly nameOf: (item: T) => string;
}

const mostReasons = 2;
const mostNames = 3;

/** What worked and what did not, with the first reasons: `Stopped 3 of 5 sandboxes. Could not stop agent: …`. */
export function tallyText<T>(
  { done, failed, unfinished, untouched }: Tally<T>,
  wasCancelled: boolean,
  { verb, kind, nameOf }: TallyOf<T>,
): string {
  const total = done.length + failed.length + unfinished.length + untouched.length;
  const names = (items: readonly T[]): string => namesInShort(items.map(nameOf), mostNames);
  const part =
    done.length === total ? counted(kind, total) : l10n.t('{0} of {1}', done.length, counted(kind, total));
  const byReason = alike(failed);
  const untold = byReason.slice(mostReasons).flat().length;
  return [
    wasCancelled && l10n.t('Cancelled.'),
    done.length > 0 && actionWords(verb, part).done,
    ...byReason
      .slice(0, mostReasons)
      .map((group) => couldNot(verb, names(group.map(({ item }) => item)), group)),
    untold > 0 && l10n.t('{0} more failed; the log tells why.', untold),
    unfinished.length > 0 && l10n.t('The server may go on with {0}.', names(unfinished)),
    untouched.length > 0 && l10n.t('Left as they were: {0}.', names(untouched)),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Grouped by why they failed, so that no reason is told twice. */
function alike<T>(failed: readonly Failed<T>[]): Failed<T>[][] {
  const groups = new Map<string, Failed<T>[]>();
  for (const each of failed) {
    const reason = why(each.failure);
    groups.set(reason, [...(groups.get(reason) ?? []), each]);
  }
  return [...groups.values()];
}

function couldNot(verb: SeveralVerb, names: string, [first]: readonly Failed<unknown>[]): string {
  const words = actionWords(verb, names).couldNot;
  return first ? failureSentence(words, first.failure) : words;
}
