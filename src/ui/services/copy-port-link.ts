import { env, l10n } from 'vscode';
import { sharePort, type Sharing } from '../../app/services/sharing';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { askSharing } from './audience-question';
import { briefly } from './briefly';
import { chosenPort } from './chosen-port';
import { copiedSentence, portOf } from './port-words';

/** A link that opens a port in a browser; what it is good for is said, the link itself is only in the clipboard. */
export async function copyPortLink(desk: Desk, rowId: unknown): Promise<void> {
  let sharing: Sharing = { seconds: 600 };
  const chosen = await chosenPort(desk, rowId, l10n.t('Copy Link to Port'), ({ session }) => [
    { label: l10n.t('How Long'), ask: (at) => askSharing(at, session, (answer) => (sharing = answer)) },
  ]);
  if (!chosen) return;
  const { session, box, port } = chosen;
  const which = portOf(box, port);
  const words = {
    doing: l10n.t('Sharing {0}', which),
    couldNot: l10n.t('Could not share {0}', which),
  };
  const link = await briefly(desk, session, words, (signal) =>
    sharePort(session, box, port, sharing, { signal }),
  );
  if (!link) return;
  desk.protect(link.url);
  void desk.services.ports.refreshShared(box.id);
  await env.clipboard.writeText(link.url.reveal());
  void notice('information', copiedSentence(link, session.target, Date.now()));
}
