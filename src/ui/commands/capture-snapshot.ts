import { l10n } from 'vscode';
import type { Snapshot } from '../../api/types';
import { captureSnapshot as capture } from '../../app/operations/capture-snapshot';
import type { Desk } from '../desk';
import { runAction } from '../run-action';
import { askCapture } from '../wizards/capture';
import { snapshotInTheMaking } from './build-snapshot';
import { chosenSandbox } from './chosen';

const waitAgainMs = 300_000;

export async function captureSnapshot(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSandbox(desk, id, {
    title: l10n.t('Capture Snapshot'),
    statuses: ['ready'],
    action: 'capturing',
    nothing: l10n.t('No sandbox is running. Only a running one can be captured.'),
  });
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const request = await askCapture(desk, session, box);
  if (!request) return;
  await runAction<Snapshot, Snapshot>(desk, session, {
    ...snapshotInTheMaking(desk, session, 'capture', request.name, waitAgainMs),
    run: (run) => capture(session, box, request, run),
  });
}
