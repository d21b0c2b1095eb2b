import { l10n } from 'vscode';
import { bringIn } from '../../app/bring-in';
import { failureOf } from '../../app/failure';
import { knownTarget, leadsTo, type LinkTo } from '../../app/link-to';
import { isSameTarget, targetName, type Target } from '../../app/target';
import { findSandbox, findSnapshot } from '../../app/search';
import type { Session } from '../../app/session';
import { askModal } from '../ask-modal';
import { connect, connectTo } from '../commands/connect';
import { sessionFor } from '../commands/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showLog } from '../run-action';
import { cutMiddle } from '../words/cut';
import { failureSentence } from '../words/failures';
import { knownTargets } from '../wizards/where-to';

const patience = { timeoutMs: 10_000 };

/** Shows the resource's row, wherever it is; asks before it leaves the connection that the window has. */
export async function openLink(desk: Desk, link: LinkTo): Promise<void> {
  const session = await sessionOn(desk, link);
  if (!session) return;
  try {
    const isShown =
      link.kind === 'sandbox' ? showSandbox(desk, session, link) : showSnapshot(desk, session, link);
    if (!(await isShown)) void notice('warning', notThere(link, targetName(session.target)));
  } catch (error) {
    const couldNot = l10n.t('Could not show {0}', cutMiddle(link.name));
    desk.log.error(couldNot, error);
    void notice('error', failureSentence(couldNot, failureOf(error)), [showLog(desk)]);
  }
}

async function showSandbox(desk: Desk, session: Session, { name }: LinkTo): Promise<boolean> {
  const box = await findSandbox(session, name, patience);
  if (!box) return false;
  return (await bringIn(session.inventory.boxes, box)) && desk.trees.sandboxes.show(box.id);
}

async function showSnapshot(desk: Desk, session: Session, { name }: LinkTo): Promise<boolean> {
  const snapshot = await findSnapshot(session, name, patience);
  if (!snapshot) return false;
  return (await bringIn(session.inventory.snapshots, snapshot)) && desk.trees.snapshots.show(snapshot.id);
}

function notThere({ kind, name }: LinkTo, on: string): string {
  const shown = cutMiddle(name);
  return kind === 'sandbox'
    ? l10n.t('There is no sandbox {0} on {1}.', shown, on)
    : l10n.t('There is no snapshot {0} on {1}.', shown, on);
}

async function sessionOn(desk: Desk, { name, target }: LinkTo): Promise<Session | undefined> {
  if (!target) return sessionFor(desk);
  await desk.connections.restore();
  const { session } = desk.connections.current.value;
  if (session && leadsTo(session.target, target)) return session;
  const known = knownTarget(target, knownTargets(desk));
  if (!known) {
    void notice('warning', l10n.t('The link leads to {0}, to which there is no key here.', where(target)), [
      { title: l10n.t('Connect…'), run: () => connect(desk) },
    ]);
    return undefined;
  }
  const isMeant = await askModal({
    text: l10n.t('Connect to {0}?', targetName(known)),
    detail: l10n.t('The link leads to {0} there.', cutMiddle(name)),
    button: l10n.t('Connect'),
  });
  if (!isMeant) return undefined;
  await connectTo(desk, known);
  const connected = desk.connections.current.value.session;
  return connected && isSameTarget(connected.target, known) ? connected : undefined;
}

/** Not by its name: it may be no URL at all. */
function where(target: Target): string {
  return target.kind === 'local' ? targetName(target) : cutMiddle(target.endpoint);
}
