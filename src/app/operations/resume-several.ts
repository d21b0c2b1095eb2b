import { CutOffError } from '../activity/cut-off';
import type { Item } from '../activity/items';
import type { ActionRecord } from '../activity/record';
import type { SeveralVerb } from '../activity/verb';
import { failureOf } from '../failure';
import { captureName } from '../names';
import type { Outcome, Run } from '../outcome';
import type { Session } from '../session';
import { each, type Tally } from './each';
import { resumeBoot, resumeDeletion, resumeSnapshot, resumeStop } from './resume';

export type SeveralRecord = ActionRecord & { readonly verb: SeveralVerb };

/**
 * Sees to its end what was asked for each of several before their window was gone. What had not been asked by then
 * stays as it is: `untouched`.
 */
export async function resumeSeveral(
  session: Session,
  record: SeveralRecord,
  run: Run,
): Promise<Outcome<Tally<Item>, Tally<Item>>> {
  const items = record.several?.items;
  if (!items) return { kind: 'failed', failure: failureOf(new CutOffError()) };
  const begun = items.filter(({ state }) => state !== 'waiting');
  const never = items.filter(({ state }) => state === 'waiting');
  const whole = (tally: Tally<Item>): Tally<Item> => ({
    ...tally,
    untouched: [...tally.untouched, ...never],
  });
  const outcome = await each(begun, run, (item, inner) => endOf(session, record, item, inner));
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done', value: whole(outcome.value) };
    case 'cancelled':
      return { kind: 'cancelled', left: outcome.left && whole(outcome.left) };
    case 'failed':
      return outcome;
  }
}

async function endOf(
  session: Session,
  record: SeveralRecord,
  { id, name, state, madeId, askedAt, why }: Item,
  run: Run,
): Promise<Outcome<unknown, unknown>> {
  if (state === 'done') return { kind: 'done', value: undefined };
  if (state === 'failed') {
    return { kind: 'failed', failure: { cause: 'server', reason: why ?? '', error: new Error(why) } };
  }
  const one = { ...record, name, resourceId: id, startedAt: askedAt ?? record.startedAt };
  switch (record.verb) {
    case 'start-several':
      return resumeBoot(session, one, run);
    case 'stop-several':
      return resumeStop(session, one, run);
    case 'capture-several':
      return resumeSnapshot(session, { ...one, name: captureName(name), resourceId: madeId }, run);
    case 'delete-several': {
      const verb = record.several?.kind === 'snapshots' ? 'delete-snapshot' : 'delete-sandbox';
      return resumeDeletion(session, { ...one, verb }, run);
    }
  }
}
