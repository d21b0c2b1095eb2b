import { commands as editor, l10n, Uri } from 'vscode';
import { freeLocalPort } from '../../app/services/local-port';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showLog } from '../run-action';
import { briefly } from './briefly';
import { chosenPort } from './chosen-port';
import { localAddress, openingWords } from './port-words';

/** In the editor's own browser, at a port of this machine: that browser shows its address, in which no token may stand. */
export async function openPortInEditor(desk: Desk, rowId: unknown): Promise<void> {
  const chosen = await chosenPort(desk, rowId, l10n.t('Open Port in Editor'));
  if (!chosen) return;
  const { session, box, port } = chosen;
  const { forwards } = desk.services;
  const forward = await briefly(desk, session, openingWords(box, port), async () => {
    return forwards.find(box.id, port) ?? forwards.begin(session, box, port, await freeLocalPort(port));
  });
  if (forward) await show(desk, `http://${localAddress(forward)}/`);
}

/** The editor's browser is one of its own extensions, which may be switched off. */
async function show(desk: Desk, address: string): Promise<void> {
  try {
    await editor.executeCommand('simpleBrowser.api.open', Uri.parse(address));
  } catch (error) {
    desk.log.error(`open ${address} in the editor`, error);
    const text = l10n.t('This editor has no browser of its own. The port is {0} on this machine.', address);
    void notice('warning', text, [showLog(desk)]);
  }
}
