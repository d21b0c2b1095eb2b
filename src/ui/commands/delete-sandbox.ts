import { l10n } from 'vscode';
import type { Box, BoxStatus } from '../../api/types';
import { deleteSandbox as remove } from '../../app/operations/delete-resource';
import { forceDeleteSandbox as removeForCertain } from '../../app/operations/force-delete';
import type { Session } from '../../app/session';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import type { Choosing } from '../pickers/choosing';
import { runAction } from '../run-action';
import { runSeveral } from '../run-several';
import { sandboxes } from '../words/count';
import { statusWord } from '../words/states';
import { age } from '../words/time';
import { chosenSandbox } from './chosen';
import { selectedSandboxes, type Selected } from './selected';

export async function deleteSandbox(desk: Desk, id: unknown, selected: unknown): Promise<void> {
  const choosing: Choosing<BoxStatus> = {
    title: l10n.t('Delete Sandbox'),
    statuses: [],
    action: 'deleting',
    nothing: l10n.t('There is no sandbox to delete.'),
  };
  const selection = selectedSandboxes(desk, selected, choosing);
  if (selection === 'alone') await deleteOne(desk, id, choosing);
  else if (selection) await deleteSeveral(desk, selection);
}

async function deleteOne(desk: Desk, id: unknown, choosing: Choosing<BoxStatus>): Promise<void> {
  const chosen = await chosenSandbox(desk, id, choosing);
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const isMeant = await askModal({
    text: l10n.t('Delete sandbox {0}?', box.name),
    detail:
      box.status === 'ready'
        ? l10n.t(
            'It is running. Its files and processes are gone for good; capture a snapshot first to keep the files.',
          )
        : l10n.t('Its files are gone for good.'),
    button: l10n.t('Delete'),
  });
  if (isMeant) await deleteSandboxNow(desk, session, box);
}

/** For one that is stuck on its way: done when it is gone, not when the server has taken the request. */
export async function forceDeleteSandbox(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSandbox(desk, id, {
    title: l10n.t('Force Delete Sandbox'),
    statuses: [],
    nothing: l10n.t('There is no sandbox to delete.'),
  });
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const since = age(box.updated_at ?? box.created_at, Date.now()) ?? '?';
  const isMeant = await askModal({
    text: l10n.t('Force delete sandbox {0}?', box.name),
    detail: l10n.t(
      'It has been {0} for {1}. Its files are gone for good. The server is asked once more, and looked at until the sandbox is gone.',
      statusWord(box.status),
      since,
    ),
    button: l10n.t('Force Delete'),
  });
  if (isMeant) await deleteSandboxNow(desk, session, box, removeForCertain);
}

async function deleteSeveral(desk: Desk, { session, items, leftOut }: Selected<Box>): Promise<void> {
  await runSeveral<Box>(desk, session, {
    verb: 'delete-several',
    kind: 'sandboxes',
    nameOf: ({ name }) => name,
    items,
    leftOut,
    consequence: whatGoes(items),
    act: (box, run) => remove(session, box, run),
  });
}

function whatGoes(items: readonly Box[]): string {
  const running = items.filter(({ status }) => status === 'ready').length;
  return running === 0
    ? l10n.t('Their files are gone for good.')
    : l10n.t(
        'Running now: {0}. Files and processes are gone for good; capture snapshots first to keep files.',
        sandboxes(running),
      );
}

/** Without a question: it was asked already. */
export async function deleteSandboxNow(desk: Desk, session: Session, box: Box, how = remove): Promise<void> {
  await runAction(desk, session, {
    verb: 'delete-sandbox',
    name: box.name,
    resourceId: box.id,
    run: (run) => how(session, box, run),
    done: () => Promise.resolve(),
  });
}
