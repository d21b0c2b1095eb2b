import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { startSandbox as start } from '../../app/operations/start-sandbox';
import type { Desk } from '../desk';
import { runAction } from '../run-action';
import { chosenSandbox } from './chosen';
import { sandboxOnItsWay } from './create-sandbox';

export async function startSandbox(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSandbox(desk, id, {
    title: l10n.t('Start Sandbox'),
    statuses: ['stopped', 'failed'],
    action: 'starting',
    nothing: l10n.t('No sandbox is stopped.'),
  });
  if (!chosen) return;
  const { session, resource: box } = chosen;
  await runAction<Box, Box>(desk, session, {
    ...sandboxOnItsWay(desk, session, 'start', box.name),
    run: (run) => start(session, box, run),
  });
}
