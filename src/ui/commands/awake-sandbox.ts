import { l10n } from 'vscode';
import { getBox } from '../../api/boxes';
import type { Box, BoxStatus } from '../../api/types';
import { failureOf } from '../../app/failure';
import { startSandbox as start } from '../../app/operations/start-sandbox';
import type { Session } from '../../app/session';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import type { Choosing } from '../pickers/choosing';
import { notice } from '../notice';
import { runAction, showLog } from '../run-action';
import type { Chosen } from '../terminals/launch';
import { cutMiddle } from '../words/cut';
import { failureSentence } from '../words/failures';
import { statusWord } from '../words/states';
import { chosenSandbox } from './chosen';

const findPatience = { timeoutMs: 10_000 };

/**
 * The sandbox to work in, running: one that is stopped is started first, if the user wants that. `isRefused` tells the
 * user why the one that was chosen will not do.
 */
export async function awakeSandbox(
  desk: Desk,
  id: unknown,
  title: string,
  isRefused: (boxId: string) => boolean = () => false,
): Promise<Chosen | undefined> {
  const choosing: Choosing<BoxStatus> = {
    title,
    statuses: ['ready', 'stopped'],
    nothing: l10n.t('There is no sandbox that runs or is stopped.'),
  };
  const chosen = await chosenSandbox(desk, id, choosing);
  if (!chosen || isRefused(chosen.resource.id)) return undefined;
  return awakeBox(desk, chosen.session, chosen.resource.id);
}

/** The same for one that is known; its state is looked at, for a row may be old. */
export async function awakeBox(desk: Desk, session: Session, id: string): Promise<Chosen | undefined> {
  const box = await lookedAt(desk, session, id);
  if (!box) return undefined;
  if (box.status === 'ready') return { session, box };
  if (box.status !== 'stopped') {
    void notice('information', l10n.t('Sandbox {0} is {1}.', cutMiddle(box.name), statusWord(box.status)));
    return undefined;
  }
  const mayStart = await askModal({
    text: l10n.t('Sandbox {0} is stopped. Start it?', cutMiddle(box.name)),
    detail: box.preserve_memory_on_stop
      ? l10n.t('Its files are there, and what ran in it goes on.')
      : l10n.t('Its files are there; processes that ran in it are not.'),
    button: l10n.t('Start'),
  });
  if (!mayStart) return undefined;
  const outcome = await runAction<Box, Box>(desk, session, {
    verb: 'start',
    name: box.name,
    resourceId: box.id,
    run: (run) => start(session, box, run),
    done: () => Promise.resolve(),
  });
  return outcome.kind === 'done' ? { session, box: outcome.value } : undefined;
}

async function lookedAt(desk: Desk, session: Session, id: string): Promise<Box | undefined> {
  const couldNot = l10n.t('Could not look at the sandbox');
  try {
    const box = await getBox(session.transport, id, findPatience);
    session.inventory.boxes.upsert(box);
    return box;
  } catch (error) {
    desk.log.error(couldNot, error);
    void notice('error', failureSentence(couldNot, failureOf(error)), [showLog(desk)]);
    return undefined;
  }
}
