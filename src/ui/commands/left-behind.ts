import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';
import { deleteSandboxNow } from './delete-sandbox';
import { deleteSnapshotNow } from './delete-snapshot';

/** Why we no longer wait for something that goes on. */
export type WhyLeft = 'cancelled' | 'still-going';

/** Asks what becomes of a snapshot in the making that is no longer waited for. Closing the question leaves it running. */
export function askAboutSnapshot(
  desk: Desk,
  session: Session,
  snapshot: Snapshot,
  why: WhyLeft,
  waitOn: () => unknown,
): Promise<void> {
  const name = cutMiddle(snapshot.name);
  const text =
    why === 'cancelled'
      ? l10n.t('Stopped waiting for snapshot {0}. The server is still building it.', name)
      : l10n.t('Snapshot {0} takes longer. The server goes on building it.', name);
  return notice('information', text, [
    why === 'cancelled'
      ? { title: l10n.t('Leave It Running'), run: () => undefined }
      : { title: l10n.t('Keep Waiting'), run: waitOn },
    { title: l10n.t('Delete It'), run: () => deleteSnapshotNow(desk, session, snapshot) },
  ]);
}

/** As `askAboutSnapshot`, for a sandbox that is starting. */
export function askAboutSandbox(
  desk: Desk,
  session: Session,
  box: Box,
  why: WhyLeft,
  waitOn: () => unknown,
): Promise<void> {
  const name = cutMiddle(box.name);
  const text =
    why === 'cancelled'
      ? l10n.t('Stopped waiting for sandbox {0}. The server is still starting it.', name)
      : l10n.t('Sandbox {0} takes longer. The server goes on starting it.', name);
  return notice('information', text, [
    why === 'cancelled'
      ? { title: l10n.t('Leave It Running'), run: () => undefined }
      : { title: l10n.t('Keep Waiting'), run: waitOn },
    { title: l10n.t('Delete It'), run: () => deleteSandboxNow(desk, session, box) },
  ]);
}
