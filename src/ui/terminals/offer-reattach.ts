import { l10n } from 'vscode';
import type { Subscription } from '../../app/observable';
import type { Session } from '../../app/session';
import type { KeptTerminal } from '../../app/terminals/kept';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';
import { reattach } from './reattach';

/** Offers the terminals that the window before had, once for each connection, when that is there again. */
export function offerReattach(desk: Desk): Subscription {
  const { connections, terminals } = desk;
  const offered = new Set<Session>();
  const look = (): void => {
    const { state, session } = connections.current.value;
    if (state !== 'connected' || offered.has(session)) return;
    offered.add(session);
    const left = terminals.kept.left(session.target);
    if (left.length > 0) void offer(desk, session, left);
  };
  const following = connections.current.subscribe(look);
  look();
  return following;
}

async function offer(desk: Desk, session: Session, left: readonly KeptTerminal[]): Promise<void> {
  const text =
    left.length === 1
      ? l10n.t('A terminal in sandbox {0} can be attached to again.', cutMiddle(left[0]?.boxName ?? ''))
      : l10n.t('{0} terminals in sandboxes can be attached to again.', left.length);
  const title = left.length === 1 ? l10n.t('Reattach') : l10n.t('Reattach All');
  await notice('information', text, [
    {
      title,
      run: async () => {
        for (const kept of [...left].reverse()) await reattach(desk, session, kept);
      },
    },
  ]);
}
