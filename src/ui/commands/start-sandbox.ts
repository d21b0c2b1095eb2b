import { l10n } from 'vscode';
import type { Box, BoxStatus } from '../../api/types';
import { startSandbox as start } from '../../app/operations/start-sandbox';
import type { Desk } from '../desk';
import type { Choosing } from '../pickers/choosing';
import { runAction } from '../run-action';
import { runSeveral } from '../run-several';
import { chosenSandbox } from './chosen';
import { sandboxOnItsWay } from './create-sandbox';
import { selectedSandboxes, type Selected } from './selected';

export async function startSandbox(desk: Desk, id: unknown, selected: unknown): Promise<void> {
  const choosing: Choosing<BoxStatus> = {
    title: l10n.t('Start Sandbox'),
    statuses: ['stopped', 'failed'],
    action: 'starting',
    nothing: l10n.t('No sandbox is stopped.'),
  };
  const selection = selectedSandboxes(desk, selected, choosing);
  if (selection === 'alone') await startOne(desk, id, choosing);
  else if (selection) await startSeveral(desk, selection);
}

async function startOne(desk: Desk, id: unknown, choosing: Choosing<BoxStatus>): Promise<void> {
  const chosen = await chosenSandbox(desk, id, choosing);
  if (!chosen) return;
  const { session, resource: box } = chosen;
  await runAction<Box, Box>(desk, session, {
    ...sandboxOnItsWay(desk, session, 'start', box.name),
    resourceId: box.id,
    run: (run) => start(session, box, run),
  });
}

async function startSeveral(desk: Desk, { session, items, leftOut }: Selected<Box>): Promise<void> {
  await runSeveral<Box>(desk, session, {
    verb: 'start-several',
    kind: 'sandboxes',
    nameOf: ({ name }) => name,
    items,
    leftOut,
    consequence: '',
    act: (box, run) => start(session, box, run),
  });
}
