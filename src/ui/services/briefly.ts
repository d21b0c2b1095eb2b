import { settle } from '../../app/outcome';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { withProgress } from '../progress';
import { usualRemedies } from '../run-action';
import { failureSentence } from '../words/failures';

/** Sentences without their full stops. */
export interface BriefWords {
  readonly doing: string;
  readonly couldNot: string;
}

/**
 * One request that is over soon: it shows its progress when it is not, and is not written down. Undefined when it was
 * cancelled or failed, which is told.
 */
export async function briefly<T>(
  desk: Desk,
  session: Session,
  { doing, couldNot }: BriefWords,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const outcome = await withProgress(doing, Date.now(), (run) => settle(run, () => work(run.signal)));
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'failed') {
    desk.log.error(couldNot, outcome.failure.error);
    void notice(
      'error',
      failureSentence(couldNot, outcome.failure),
      usualRemedies(desk, session, outcome.failure),
    );
  }
  return undefined;
}
