import { notYet, noting } from '../app/activity/items';
import type { Resource } from '../app/listing';
import { each, type Failed, type Tally } from '../app/operations/each';
import type { Outcome, Run } from '../app/outcome';
import type { Session } from '../app/session';
import { askModal } from './ask-modal';
import type { Desk } from './desk';
import { notice, type Remedy } from './notice';
import { refresh, runAction, usualRemedies, type Action } from './run-action';
import { actionWords } from './words/actions';
import { counted, namesInShort, type Kind } from './words/count';
import { why } from './words/failures';
import { severalQuestion } from './words/several-question';
import { tallyText, type TallyOf } from './words/tally';

interface Ending<T> extends TallyOf<T> {
  readonly items: readonly T[];
  /** The view whose rows tell of the end; that of the items themselves unless given. */
  readonly seenIn?: Kind;
  /** Offered beside “Show Log” when some failed. */
  readonly remedies?: (failed: readonly Failed<T>[]) => Remedy[];
}

export interface Several<T> extends Ending<T> {
  /** How many the user has chosen beside them, for which the action makes no sense. */
  readonly leftOut: number;
  /** What becomes of them, for the question; empty when there is nothing to say. */
  readonly consequence: string;
  /** Buttons of the question beside the one that goes on. */
  readonly alternatives?: readonly Remedy[];
  readonly act: (item: T, run: Run) => Promise<Outcome<unknown, unknown>>;
}

/** As `runAction`, the same for each of several, after one question. What rows in sight do not tell is summed up in the end. */
export async function runSeveral<T extends Resource>(
  desk: Desk,
  session: Session,
  several: Several<T>,
): Promise<void> {
  if (!(await isMeant(several))) return;
  const { kind, items, act } = several;
  await runAction<Tally<T>, Tally<T>>(desk, session, {
    ...severalEnding(desk, session, several),
    several: notYet(kind, items),
    run: (run) =>
      each(
        items,
        run,
        noting(run, ({ failure }) => why(failure), act),
      ),
  });
}

/** How it ends, whoever waits for it. */
export function severalEnding<T extends Resource>(
  desk: Desk,
  session: Session,
  several: Ending<T>,
): Omit<Action<Tally<T>, Tally<T>>, 'run'> {
  const { verb, kind, items, seenIn = kind } = several;
  const { boxes, snapshots } = session.inventory;
  const listed = kind === 'sandboxes' ? boxes : snapshots;
  const areListed = items.every(({ id }) => listed.find(id) !== undefined);
  return {
    verb,
    name: counted(kind, items.length),
    done: async (tally) => {
      const isInSight = areListed && desk.trees[seenIn].visible.value;
      const isMore = tally.failed.length + tally.untouched.length > 0;
      if (!isInSight || isMore) await tell(desk, session, several, tally, false);
    },
    left: (tally) => tell(desk, session, several, tally, true),
  };
}

function isMeant<T>(several: Several<T>): Promise<boolean> {
  const { verb, kind, items, leftOut, nameOf, consequence, alternatives } = several;
  const question = severalQuestion(verb, counted(kind, items.length));
  const detail = [
    namesInShort(items.map(nameOf)),
    consequence,
    leftOut > 0 && question.leftOut(counted(kind, leftOut)),
  ];
  return askModal({ ...question, detail: detail.filter(Boolean).join('\n\n'), alternatives });
}

async function tell<T>(
  desk: Desk,
  session: Session,
  several: Ending<T>,
  tally: Tally<T>,
  wasCancelled: boolean,
): Promise<void> {
  const { verb, nameOf, remedies } = several;
  const { failed } = tally;
  for (const { item, failure } of failed) {
    desk.log.error(actionWords(verb, nameOf(item)).couldNot, failure.error);
  }
  const [first] = failed;
  const told = first
    ? notice('error', tallyText(tally, wasCancelled, several), [
        ...(remedies?.(failed) ?? []),
        ...usualRemedies(desk, session, first.failure),
      ])
    : notice('information', tallyText(tally, wasCancelled, several));
  if (first || wasCancelled) await refresh(desk, session);
  return told;
}
