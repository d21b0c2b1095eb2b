import { l10n, window } from 'vscode';
import type { Box } from '../../api/types';
import { portPlace } from '../../app/services/port-place';
import { sharedPorts, stopSharing as stop, type SharedPort } from '../../app/services/sharing';
import { chosenSandbox } from '../commands/chosen';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';
import { briefly } from './briefly';
import { portOf, sharedWords, unsharedSentence } from './port-words';
import { amongRunning } from '../pickers/among-running';

/** Of a port's row, or of the one that is picked among those that are shared. */
export async function stopSharing(desk: Desk, rowId: unknown): Promise<void> {
  const title = l10n.t('Stop Sharing Port');
  const place = portPlace(rowId);
  const chosen = await chosenSandbox(desk, place?.boxId, { ...amongRunning(title), statuses: [] });
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const name = cutMiddle(box.name);
  const listing = {
    doing: l10n.t('Listing what is shared of {0}', name),
    couldNot: l10n.t('Could not list what is shared of {0}', name),
  };
  const all = await briefly(desk, session, listing, (signal) => sharedPorts(session, box, { signal }));
  if (!all) return;
  const shared = all.filter(({ port }) => (place?.port ?? port) === port);
  if (shared.length === 0) {
    const which = place?.port === undefined ? l10n.t('a port of sandbox {0}', name) : portOf(box, place.port);
    void notice('information', l10n.t('No link to {0} is listed.', which));
    return;
  }
  const which = place?.port === undefined ? await pick(title, box, shared) : shared[0];
  if (!which) return;
  const stopping = {
    doing: l10n.t('Stopping to share {0}', portOf(box, which.port)),
    couldNot: l10n.t('Could not stop sharing {0}', portOf(box, which.port)),
  };
  const isDone = await briefly(desk, session, stopping, async (signal) => {
    await stop(session, box, which.port, { signal });
    return true;
  });
  if (!isDone) return;
  void desk.services.ports.refreshShared(box.id);
  void notice('information', unsharedSentence(portOf(box, which.port), which, Date.now()));
}

async function pick(
  title: string,
  { name }: Box,
  shared: readonly SharedPort[],
): Promise<SharedPort | undefined> {
  const items = shared.map((each) => ({
    label: String(each.port),
    description: sharedWords(each, Date.now()),
    each,
  }));
  const placeHolder = l10n.t('Ports of {0} that are shared', cutMiddle(name));
  return (await window.showQuickPick(items, { title, placeHolder }))?.each;
}
