import { commands as editor, l10n, workspace } from 'vscode';
import type { Box } from '../api/types';
import { failureOf } from '../app/failure';
import { IdleGuard } from '../app/idle/idle-guard';
import { keepAwake } from '../app/idle/keep-awake';
import type { Subscription } from '../app/observable';
import type { Session } from '../app/session';
import { commands, fileScheme } from '../contributions';
import type { Desk } from './desk';
import { fileAt } from './files/sandbox-uri';
import { notice } from './notice';
import { showLog } from './run-action';
import { cutMiddle } from './words/cut';
import { failureSentence } from './words/failures';
import { span, spanAhead } from './words/time';

const everyMs = 10_000;
const callPatience = { timeoutMs: 30_000 };

/** Tells before a sandbox in which this window has a terminal or an unsaved file stops for want of use, and when one has. */
export function guardAgainstIdleness(desk: Desk): Subscription {
  const guard = new IdleGuard({
    session: () => desk.connections.current.value.session,
    guarded: () => new Set([...desk.terminals.kept.attachedBoxes, ...boxesOfUnsavedFiles()]),
    uses: desk.uses,
    onSoon: (session, box, leftMs) => void tellSoon(desk, session, box, leftMs),
    onStopped: (_, box) => void tellStopped(box),
    onError: (error) => desk.log.error('could not see when a sandbox stops by itself', error),
  });
  const timer = setInterval(() => void guard.look(), everyMs);
  return { dispose: () => clearInterval(timer) };
}

function boxesOfUnsavedFiles(): string[] {
  return workspace.textDocuments
    .filter(({ isDirty, uri }) => isDirty && uri.scheme === fileScheme)
    .map(({ uri }) => fileAt(uri).id);
}

function tellSoon(desk: Desk, session: Session, box: Box, leftMs: number): Promise<void> {
  const text = l10n.t(
    'Sandbox {0} stops in {1}, for nothing uses it. Its files stay; what runs in it, and what is not saved, does not.',
    cutMiddle(box.name),
    spanAhead(leftMs),
  );
  return notice('warning', text, [
    { title: l10n.t('Keep Running'), run: () => keepRunning(desk, session, box) },
  ]);
}

async function keepRunning(desk: Desk, session: Session, box: Box): Promise<void> {
  try {
    if (await keepAwake(session, box.id, { ...callPatience, signal: session.ended })) desk.uses.touch(box.id);
    else await tellStopped(box);
  } catch (error) {
    const couldNot = l10n.t('Could not keep sandbox {0} running', cutMiddle(box.name));
    desk.log.error(couldNot, error);
    await notice('error', failureSentence(couldNot, failureOf(error)), [showLog(desk)]);
  }
}

function tellStopped({ id, name, idle_ttl_seconds }: Box): Promise<void> {
  const text = l10n.t(
    'Sandbox {0} was stopped, for nothing used it for {1}. Its files are there.',
    cutMiddle(name),
    span((idle_ttl_seconds ?? 0) * 1000),
  );
  return notice('information', text, [
    { title: l10n.t('Start'), run: () => editor.executeCommand(commands.startSandbox, id) },
  ]);
}
