import { commands as editor, l10n } from 'vscode';
import { posix } from 'node:path';
import type { Box } from '../../api/types';
import type { Change } from '../../app/changes/compare';
import { contentsAfter } from '../../app/changes/contents';
import { sandboxSide } from '../../app/changes/sandbox-side';
import { changesSinceSnapshot, type SinceSnapshot } from '../../app/changes/since-snapshot';
import type { Session } from '../../app/session';
import { commands } from '../../contributions';
import { askModal } from '../ask-modal';
import { partialWords } from '../changes/change-words';
import type { ShownComparison } from '../changes/shown-comparison';
import type { Desk } from '../desk';
import { sandboxUri } from '../files/sandbox-uri';
import { notice, type Remedy } from '../notice';
import { amongRunning } from '../pickers/among-running';
import { runAction } from '../run-action';
import { cutMiddle } from '../words/cut';
import { chosenSandbox } from './chosen';

/** Lists what differs in a row's sandbox from the snapshot it booted from. */
export async function changedSinceSnapshot(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSandbox(desk, id, amongRunning(l10n.t('Changed since Snapshot')));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const { snapshot_id } = box;
  if (!snapshot_id) {
    return notice('information', l10n.t('Sandbox {0} has no snapshot to come from.', cutMiddle(box.name)));
  }
  const snapshot = cutMiddle(nameOf(session, snapshot_id));
  const isMeant = await askModal({
    text: l10n.t('Compare sandbox {0} with snapshot {1}?', cutMiddle(box.name), snapshot),
    detail: l10n.t(
      'A snapshot can only be looked at in a sandbox. This starts one from it for as long as it takes, and deletes it.',
    ),
    button: l10n.t('Compare'),
  });
  if (!isMeant) return;
  await runAction<SinceSnapshot, Box>(desk, session, {
    verb: 'compare',
    name: box.name,
    resourceId: box.id,
    run: (run) => changesSinceSnapshot(session, desk.files, { ...box, snapshot_id }, run),
    done: (since) => show(desk, session, box, snapshot, since),
    left: tellOfLeft,
    remedies: (_, left) => (left ? [deletion(left)] : []),
  });
}

function nameOf({ inventory }: Session, id: string): string {
  return inventory.snapshots.find(id)?.name ?? inventory.snapshotNames.names.value.get(id) ?? id;
}

async function show(
  desk: Desk,
  session: Session,
  box: Box,
  snapshot: string,
  since: SinceSnapshot,
): Promise<void> {
  if (since.left) void tellOfLeft(since.left);
  if (since.changes.length === 0) {
    const same = l10n.t('Nothing differs in {0} from snapshot {1}.', cutMiddle(box.name), snapshot);
    return notice('information', [same, ...partialWords(since.isPartial)].join(' '));
  }
  const originals = desk.originals.hold(since.originals);
  const now = sandboxSide(desk.files, { id: box.id, path: '/' });
  const shown: ShownComparison = {
    ...since,
    title: l10n.t('{0} since snapshot {1}', cutMiddle(box.name), snapshot),
    fileName: box.name,
    word: howWord,
    before: originals,
    after: (path) => sandboxUri({ id: box.id, path: posix.join('/', path) }),
    contents: async (run) => ({
      before: since.originals,
      after: await contentsAfter(now, since.changes, run),
    }),
  };
  desk.lastComparison.show(desk, session, shown);
}

function howWord(how: Change['how']): string {
  switch (how) {
    case 'added':
      return l10n.t('added');
    case 'changed':
      return l10n.t('changed');
    case 'deleted':
      return l10n.t('deleted');
  }
}

function tellOfLeft(left: Box): Promise<void> {
  const text = l10n.t(
    'Sandbox {0}, which was started to compare, could not be deleted. Unused, it goes by itself within minutes.',
    left.name,
  );
  return notice('warning', text, [deletion(left)]);
}

function deletion({ id }: Box): Remedy {
  return {
    title: l10n.t('Delete Sandbox'),
    run: () => editor.executeCommand(commands.deleteSandbox, id),
  };
}
