import { l10n, window } from 'vscode';
import type { Box } from '../../api/types';
import { failureOf } from '../../app/failure';
import { runningOfMine } from '../../app/running-mine';
import type { Session } from '../../app/session';
import { targetName } from '../../app/target';
import { views } from '../../contributions';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { usualRemedies } from '../run-action';
import { failureSentence } from '../words/failures';
import { sessionFor } from './session';
import { stopSeveral, whatEnds } from './stop-sandbox';

/** For each page. */
const patienceMs = 10_000;

/** Every sandbox of the user's that runs, also those that no row shows. */
export async function stopAllMine(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const mine = await listed(desk, session);
  if (!mine) return;
  const items = mine.filter((box) => session.inventory.pending.allows(box, 'stopping'));
  if (items.length === 0) return notice('information', l10n.t('No sandbox of yours is running.'));
  const where = l10n.t(
    'All of yours that run on {0}, also those not in the list.',
    targetName(session.target),
  );
  await stopSeveral(desk, { session, items, leftOut: 0 }, `${where} ${whatEnds(items)}`);
}

async function listed(desk: Desk, session: Session): Promise<Box[] | undefined> {
  const couldNot = l10n.t('Could not list the running sandboxes');
  try {
    return await window.withProgress({ location: { viewId: views.sandboxes } }, () =>
      runningOfMine(session, { timeoutMs: patienceMs }),
    );
  } catch (error) {
    desk.log.error(couldNot, error);
    const failure = failureOf(error);
    void notice('error', failureSentence(couldNot, failure), usualRemedies(desk, session, failure));
    return undefined;
  }
}
