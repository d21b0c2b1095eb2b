import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { awaitBox } from '../../app/operations/await-box';
import { createSandbox as create } from '../../app/operations/create-sandbox';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { runAction, type Action } from '../run-action';
import type { ActionWords } from '../words/actions';
import { askCreate } from '../wizards/create';
import { chosenSnapshot } from './chosen';
import { askAboutSandbox } from './left-behind';

const waitAgainMs = 120_000;

export async function createSandbox(desk: Desk): Promise<void> {
  await createSandboxFrom(desk, undefined);
}

/** `id` is the snapshot's, from its row; without it the snapshot is picked. */
export async function createSandboxFrom(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSnapshot(desk, id, {
    title: l10n.t('Create Sandbox'),
    statuses: ['ready'],
    nothing: l10n.t('No snapshot is ready. Build one first.'),
  });
  if (!chosen) return;
  const { session, resource: snapshot } = chosen;
  const request = await askCreate(desk, session, snapshot);
  if (!request) return;
  const name = request.name ?? l10n.t('from {0}', snapshot.name);
  await runAction<Box, Box>(desk, session, {
    ...sandboxOnItsWay(desk, session, 'create', name),
    run: (run) => create(session, request, run),
  });
}

/** What creating and starting have in common: how they end, and that they can be waited for again. */
export function sandboxOnItsWay(
  desk: Desk,
  session: Session,
  verb: 'create' | 'start',
  name: string,
): Omit<Action<Box, Box>, 'run'> {
  const action: Omit<Action<Box, Box>, 'run'> = {
    verb,
    name,
    done: (box, words) => showSandbox(desk, box, words),
    left: (box, why) =>
      askAboutSandbox(desk, session, box, why, () =>
        runAction<Box, Box>(desk, session, {
          ...action,
          run: (run) => awaitBox(session, box, waitAgainMs, run),
        }),
      ),
  };
  return action;
}

async function showSandbox(desk: Desk, box: Box, { done }: ActionWords): Promise<void> {
  if (!(await desk.trees.sandboxes.reveal(box.id))) await notice('information', done);
}
