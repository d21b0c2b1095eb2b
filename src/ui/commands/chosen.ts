import { l10n } from 'vscode';
import type { CallOptions } from '../../api/transport';
import type { Box, BoxStatus, Snapshot, SnapshotStatus } from '../../api/types';
import { failureOf } from '../../app/failure';
import { findSandbox, findSnapshot } from '../../app/search';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { isInState, type Choosing } from '../pickers/choosing';
import { pickSandbox } from '../pickers/sandbox';
import { pickSnapshot } from '../pickers/snapshot';
import { showLog } from '../run-action';
import { cutMiddle } from '../words/cut';
import { failureSentence } from '../words/failures';
import { statusWord } from '../words/states';
import { sessionFor } from './session';

export interface Chosen<T> {
  readonly session: Session;
  readonly resource: T;
}

const findPatienceMs = 10_000;

/**
 * The sandbox a command is for: the row's (`id`), or from the palette the one that is picked. A row may offer what its
 * sandbox is not in the state for: menus of several selected rows do.
 */
export async function chosenSandbox(
  desk: Desk,
  id: unknown,
  choosing: Choosing<BoxStatus>,
): Promise<Chosen<Box> | undefined> {
  const session = await sessionFor(desk);
  if (!session) return undefined;
  const resource =
    typeof id === 'string'
      ? (session.inventory.boxes.find(id) ?? (await looked(desk, (call) => findSandbox(session, id, call))))
      : await pickSandbox(session, choosing);
  if (!resource || isInState(resource.status, choosing)) return resource && { session, resource };
  const { name, status } = resource;
  void notice('information', l10n.t('Sandbox {0} is {1}.', cutMiddle(name), statusWord(status)));
  return undefined;
}

export async function chosenSnapshot(
  desk: Desk,
  id: unknown,
  choosing: Choosing<SnapshotStatus>,
): Promise<Chosen<Snapshot> | undefined> {
  const session = await sessionFor(desk);
  if (!session) return undefined;
  const resource =
    typeof id === 'string'
      ? (session.inventory.snapshots.find(id) ??
        (await looked(desk, (call) => findSnapshot(session, id, call))))
      : await pickSnapshot(session, choosing);
  return resource && { session, resource };
}

/** One that no loaded page holds. */
async function looked<T>(
  desk: Desk,
  find: (call: CallOptions) => Promise<T | undefined>,
): Promise<T | undefined> {
  const couldNot = l10n.t('Could not find it');
  try {
    const found = await find({ timeoutMs: findPatienceMs });
    if (!found) void notice('warning', l10n.t('It is not there any more.'));
    return found;
  } catch (error) {
    desk.log.error(couldNot, error);
    void notice('error', failureSentence(couldNot, failureOf(error)), [showLog(desk)]);
    return undefined;
  }
}
