import { l10n, window } from 'vscode';
import type { Forward } from '../../app/services/forward';
import { portPlace } from '../../app/services/port-place';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';
import { localAddress } from './port-words';

/** Of a port's row, or from the palette of the one that is picked among all that this window forwards. */
export async function stopForwarding({ services }: Desk, rowId: unknown): Promise<void> {
  const place = portPlace(rowId);
  const forwards = services.forwards.all.value.filter(
    ({ boxId, port }) => !place || (boxId === place.boxId && (place.port ?? port) === port),
  );
  if (forwards.length === 0) {
    void notice('information', l10n.t('This window forwards no port.'));
    return;
  }
  const forward = place?.port === undefined ? await pick(forwards) : forwards[0];
  if (forward) await services.forwards.end(forward);
}

async function pick(forwards: readonly Forward[]): Promise<Forward | undefined> {
  const items = forwards.map((forward) => ({
    label: localAddress(forward),
    description: l10n.t('port {0} of {1}', forward.port, cutMiddle(forward.boxName)),
    forward,
  }));
  const title = l10n.t('Stop Forwarding Port');
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.forward;
}
