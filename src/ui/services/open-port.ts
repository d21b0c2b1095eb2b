import { env, l10n, Uri } from 'vscode';
import { runningBox } from '../../app/running-box';
import { sharePort } from '../../app/services/sharing';
import type { Desk } from '../desk';
import { briefly } from './briefly';
import { chosenPort } from './chosen-port';
import { openingWords } from './port-words';

/** As long as somebody works with a page; the token is the browser's alone. */
const heldSeconds = 3600;

/** In the browser of this machine, by a link of its own. */
export async function openPort(desk: Desk, rowId: unknown): Promise<void> {
  const chosen = await chosenPort(desk, rowId, l10n.t('Open Port in Browser'));
  if (!chosen) return;
  const { session, box, port } = chosen;
  const link = await briefly(desk, session, openingWords(box, port), async (signal) => {
    await runningBox(session, box.id, { signal });
    return sharePort(session, box, port, { seconds: heldSeconds }, { signal });
  });
  if (!link) return;
  desk.protect(link.url);
  void desk.services.ports.refreshShared(box.id);
  await env.openExternal(Uri.parse(link.url.reveal(), true));
}
