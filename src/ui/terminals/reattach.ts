import { l10n } from 'vscode';
import { failureOf } from '../../app/failure';
import { findSandbox } from '../../app/search';
import type { Session } from '../../app/session';
import type { KeptTerminal } from '../../app/terminals/kept';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showLog } from '../run-action';
import { cutMiddle } from '../words/cut';
import { failureSentence } from '../words/failures';
import { statusWord } from '../words/states';

const findPatience = { timeoutMs: 10_000 };

/** Brings the terminal back to the screen, once. A sandbox that does not run is not woken. Never rejects. */
export async function reattach(desk: Desk, session: Session, kept: KeptTerminal): Promise<void> {
  try {
    if (!isOnScreen(desk, session, kept)) await bringBack(desk, session, kept);
  } catch (error) {
    const couldNot = l10n.t('Could not attach to the terminal in sandbox {0}', cutMiddle(kept.boxName));
    desk.log.error(couldNot, error);
    void notice('error', failureSentence(couldNot, failureOf(error)), [showLog(desk)]);
  }
}

function isOnScreen({ terminals }: Desk, { target }: Session, { commandId }: KeptTerminal): boolean {
  return !terminals.kept.left(target).some((left) => left.commandId === commandId);
}

async function bringBack({ terminals }: Desk, session: Session, kept: KeptTerminal): Promise<void> {
  const box = await findSandbox(session, kept.boxId, findPatience);
  if (box?.status === 'ready') {
    terminals.open({ session, box, title: kept.boxName, program: kept }, 'stay');
    return;
  }
  const mayGoOn = box && (box.status === 'provisioning' || box.preserve_memory_on_stop === true);
  if (!mayGoOn) await terminals.kept.forget(kept.commandId);
  void notice('information', whyNot(kept, box?.status && statusWord(box.status), mayGoOn ?? false));
}

function whyNot({ boxName }: KeptTerminal, status: string | undefined, mayGoOn: boolean): string {
  const name = cutMiddle(boxName);
  if (status === undefined) return l10n.t('Sandbox {0} is not there any more.', name);
  return mayGoOn
    ? l10n.t('Sandbox {0} is {1}. Its terminal can be attached to when it runs.', name, status)
    : l10n.t('Sandbox {0} is {1}, and what ran in it ended.', name, status);
}
