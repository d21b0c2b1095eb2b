import { l10n } from 'vscode';
import { findSandbox, findSnapshot } from '../../app/search';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import type { Note } from './text-question';

/** Enter waits for the answer. */
const timeoutMs = 5_000;

type LookUp = (name: string, signal: AbortSignal) => Promise<Note | undefined>;

/** A snapshot's name that is taken is no mistake: its tag moves. */
export function takenSnapshotName(desk: Desk, session: Session): LookUp {
  return quietly(desk, async (name, signal) => {
    const taken = await findSnapshot(session, name, { signal, timeoutMs });
    if (!taken) return undefined;
    return { text: l10n.t('{0} exists: its tag “latest” moves to this one.', name), severity: 'warning' };
  });
}

export function takenSandboxName(desk: Desk, session: Session): LookUp {
  return quietly(desk, async (name, signal) => {
    if (name === '' || !(await findSandbox(session, name, { signal, timeoutMs }))) return undefined;
    return {
      text: l10n.t('A sandbox named {0} exists. Choose another name.', name),
      severity: 'error',
    };
  });
}

/** Not to know whether a name is taken is no reason to hold up anybody: the server will tell. */
function quietly(desk: Desk, lookUp: LookUp): LookUp {
  return async (name, signal) => {
    try {
      return await lookUp(name, signal);
    } catch (error) {
      if (!signal.aborted) desk.log.error(`The name ${name} could not be looked up`, error);
      return undefined;
    }
  };
}
