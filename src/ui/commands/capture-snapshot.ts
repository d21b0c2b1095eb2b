import { l10n } from 'vscode';
import type { Box, BoxStatus, Snapshot } from '../../api/types';
import { captureName } from '../../app/names';
import { captureSnapshot as capture } from '../../app/operations/capture-snapshot';
import type { Desk } from '../desk';
import type { Choosing } from '../pickers/choosing';
import { runAction } from '../run-action';
import { runSeveral } from '../run-several';
import { askCapture } from '../wizards/capture';
import { namesInShort } from '../words/count';
import { snapshotInTheMaking } from './build-snapshot';
import { chosenSandbox } from './chosen';
import { selectedSandboxes, type Selected } from './selected';

const waitAgainMs = 300_000;

export async function captureSnapshot(desk: Desk, id: unknown, selected: unknown): Promise<void> {
  const choosing: Choosing<BoxStatus> = {
    title: l10n.t('Capture Snapshot'),
    statuses: ['ready'],
    action: 'capturing',
    nothing: l10n.t('No sandbox is running. Only a running one can be captured.'),
  };
  const selection = selectedSandboxes(desk, selected, choosing);
  if (selection === 'alone') await captureOne(desk, id, choosing);
  else if (selection) await captureSeveral(desk, selection);
}

async function captureOne(desk: Desk, id: unknown, choosing: Choosing<BoxStatus>): Promise<void> {
  const chosen = await chosenSandbox(desk, id, choosing);
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const request = await askCapture(desk, session, box);
  if (!request) return;
  await runAction<Snapshot, Snapshot>(desk, session, {
    ...snapshotInTheMaking(desk, session, 'capture', request.name, waitAgainMs),
    run: (run) => capture(session, box, request, run),
  });
}

/** Under the names that the question for one offers first. */
async function captureSeveral(desk: Desk, { session, items, leftOut }: Selected<Box>): Promise<void> {
  const made = namesInShort(items.map(({ name }) => captureName(name)));
  await runSeveral<Box>(desk, session, {
    verb: 'capture-several',
    kind: 'sandboxes',
    seenIn: 'snapshots',
    nameOf: ({ name }) => name,
    items,
    leftOut,
    consequence: l10n.t(
      'Makes one snapshot of each: {0}. Where there is one of that name, its tag “latest” moves.',
      made,
    ),
    act: (box, run) => capture(session, box, { name: captureName(box.name) }, run),
  });
}
