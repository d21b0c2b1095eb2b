import { l10n } from 'vscode';
import type { Box, BoxStatus } from '../../api/types';
import { losesMemory, recreateSandbox as recreate } from '../../app/operations/recreate-sandbox';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import { notice } from '../notice';
import type { Choosing } from '../pickers/choosing';
import { runAction } from '../run-action';
import { cutMiddle } from '../words/cut';
import { chosenSandbox } from './chosen';
import { sandboxOnItsWay } from './create-sandbox';

/** For one that failed or is stuck: the same again, from the snapshot it came from. */
export async function recreateSandbox(desk: Desk, id: unknown): Promise<void> {
  const choosing: Choosing<BoxStatus> = {
    title: l10n.t('Recreate Sandbox from Snapshot'),
    statuses: [],
    action: 'deleting',
    nothing: l10n.t('There is no sandbox to recreate.'),
  };
  const chosen = await chosenSandbox(desk, id, choosing);
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const { name, snapshot_id } = box;
  if (!snapshot_id) {
    return notice('information', l10n.t('Sandbox {0} has no snapshot to come from.', cutMiddle(name)));
  }
  const isMeant = await askModal({
    text: l10n.t('Recreate sandbox {0}?', name),
    detail: [
      l10n.t('Its files and processes are gone for good; it boots again from its snapshot.'),
      lost(box),
      losesMemory(box) &&
        l10n.t('Its memory does not fit its CPUs any more: the server chooses how much the new one gets.'),
    ]
      .filter(Boolean)
      .join(' '),
    button: l10n.t('Recreate'),
  });
  if (!isMeant) return;
  await runAction<Box, Box>(desk, session, {
    ...sandboxOnItsWay(desk, session, 'create', name),
    run: (run) => recreate(session, { ...box, snapshot_id }, run),
  });
}

function lost({ proxy_config, mount_config }: Box): string | undefined {
  return (proxy_config ?? mount_config)
    ? l10n.t('Its proxy rules and mounts are not carried over.')
    : undefined;
}
