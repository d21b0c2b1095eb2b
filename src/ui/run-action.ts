import { commands as editor, l10n } from 'vscode';
import type { SeveralItems } from '../app/activity/items';
import type { ActionRecord } from '../app/activity/record';
import type { Verb } from '../app/activity/verb';
import type { Failure } from '../app/failure';
import type { Outcome, Run } from '../app/outcome';
import type { Session } from '../app/session';
import type { Target } from '../app/target';
import { commands } from '../contributions';
import type { Desk } from './desk';
import { notice, type Remedy } from './notice';
import { withProgress } from './progress';
import { actionWords, type ActionWords } from './words/actions';
import { failureSentence } from './words/failures';

export interface Action<T, Left> {
  readonly verb: Verb;
  /** Of the resource, as the user wrote it. */
  readonly name: string;
  /** Of the resource, where it is there already. */
  readonly resourceId?: string;
  /** Of an action on several resources. */
  readonly several?: SeveralItems;
  readonly run: (run: Run) => Promise<Outcome<T, Left>>;
  readonly done: (value: T, words: ActionWords) => Promise<void>;
  /** It was cancelled, or its time ran out, and this goes on by itself on the server. */
  readonly left?: (left: Left, why: 'cancelled' | 'still-going') => Promise<void>;
  /** Whether what is in sight tells of the failure already, with ways out of it. */
  readonly isInSight?: (failure: Failure) => boolean;
  /** Offered beside “Show Log”, likeliest first. */
  readonly remedies?: (failure: Failure, left: Left | undefined) => Remedy[];
}

/**
 * Runs one action of the user from start to end: written down, with progress, log, and what there is to say afterwards.
 * `before`: what another window has begun, which goes on here. Resolves when it has ended; questions and notifications
 * that follow stay open by themselves. Never rejects.
 */
export async function runAction<T, Left = never>(
  desk: Desk,
  session: Session | undefined,
  action: Action<T, Left>,
  before?: ActionRecord,
): Promise<Outcome<T, Left>> {
  const { verb, name, resourceId, several } = action;
  const words = actionWords(verb, name);
  const label = `${verb} ${name}`;
  desk.log.info(`${label}: ${before ? 'goes on' : 'begins'}`);
  const { activities } = desk;
  const followed = before
    ? activities.goOn(before)
    : session && (await activities.begin({ verb, name, resourceId, several, target: session.target }));
  const outcome = await withProgress(words.doing, before?.startedAt ?? Date.now(), (run) =>
    action.run(followed?.follow(run) ?? run),
  );
  desk.log.info(`${label}: ${outcome.kind}`);
  await followed?.end({
    kind: outcome.kind,
    ...(outcome.kind === 'failed' && { sentence: failureSentence(words.couldNot, outcome.failure) }),
  });
  void follow(desk, session, action, words, outcome).catch((error: unknown) => {
    desk.log.error(`${label}: what follows it failed`, error);
  });
  return outcome;
}

async function follow<T, Left>(
  desk: Desk,
  session: Session | undefined,
  action: Action<T, Left>,
  words: ActionWords,
  outcome: Outcome<T, Left>,
): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      return action.done(outcome.value, words);
    case 'cancelled':
      if (outcome.left === undefined) return refresh(desk, session);
      return action.left?.(outcome.left, 'cancelled');
    case 'failed': {
      const { failure, left } = outcome;
      desk.log.error(words.couldNot, failure.error);
      if (failure.cause === 'still-going' && left !== undefined && action.left) {
        return action.left(left, 'still-going');
      }
      if (action.isInSight?.(failure)) return;
      const told = notice('error', failureSentence(words.couldNot, failure), [
        ...(action.remedies?.(failure, left) ?? []),
        ...usualRemedies(desk, session, failure),
      ]);
      await refresh(desk, session);
      return told;
    }
  }
}

/** What helps whatever the action was. */
export function usualRemedies(desk: Desk, session: Session | undefined, failure: Failure): Remedy[] {
  const key = isAboutKey(failure) && session?.target.kind !== 'local' ? [updateKey(session?.target)] : [];
  return [...key, showLog(desk)];
}

function isAboutKey({ cause }: Failure): boolean {
  return cause === 'unauthorized' || cause === 'no-key';
}

/** Of that connection, whichever the window has by then; without one, of the window's. */
export function updateKey(target?: Target): Remedy {
  return { title: l10n.t('Update Key'), run: () => editor.executeCommand(commands.updateKey, target) };
}

export function showLog({ channel }: Desk): Remedy {
  return { title: l10n.t('Show Log'), run: () => channel.show() };
}

/** After an end that leaves in doubt what the server has done. */
export async function refresh({ polling }: Desk, session: Session | undefined): Promise<void> {
  if (session) await polling.refresh(session);
}
