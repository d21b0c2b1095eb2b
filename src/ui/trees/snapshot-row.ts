import { l10n } from 'vscode';
import type { Snapshot } from '../../api/types';
import { isOverdue } from '../../app/overdue';
import type { PendingAction } from '../../app/pending';
import { sandboxes } from '../words/count';
import { size } from '../words/size';
import { overdueWord, pendingWord, statusWord } from '../words/states';
import { age, stopwatch } from '../words/time';
import { joined, joinedWords, type Row, type RowIcon } from './row';

export interface SnapshotFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Name of the sandbox it was captured from, where that is known. */
  readonly sourceName: string | undefined;
  /** Sandboxes on it; undefined while not all sandboxes are known. */
  readonly sandboxCount: number | undefined;
  readonly action: PendingAction | undefined;
}

export function snapshotRow(snapshot: Snapshot, facts: SnapshotFacts): Row {
  const description = describe(snapshot, facts);
  return {
    id: snapshot.id,
    label: snapshot.name,
    description,
    icon: snapshotIcon(snapshot, facts),
    contextValue: joinedWords(
      'snapshot',
      facts.action === 'deleting' ? 'deleting' : snapshot.status,
      isOverdue(snapshot, facts) && 'overdue',
    ),
    spoken: l10n.t('Snapshot {0}, {1}', snapshot.name, description),
  };
}

function describe(snapshot: Snapshot, facts: SnapshotFacts): string {
  const { now, sourceName, sandboxCount, action } = facts;
  const doing = action && pendingWord(action);
  if (doing) return doing;
  const state = statusWord(snapshot.status);
  switch (snapshot.status) {
    case 'ready':
      return joined([
        state,
        tagsOf(snapshot),
        snapshot.fs_used_bytes ? size(snapshot.fs_used_bytes) : undefined,
        sandboxCount ? sandboxes(sandboxCount) : undefined,
        age(snapshot.created_at, now),
        originOf(snapshot, sourceName),
      ]);
    case 'building':
      return joined([
        state,
        overdueWord(isOverdue(snapshot, facts)),
        snapshot.status_message ?? undefined,
        sinceStart(snapshot, now),
      ]);
    case 'deleting':
      return joined([state, overdueWord(isOverdue(snapshot, facts))]);
    case 'failed':
      return snapshot.status_message ? `${state}: ${snapshot.status_message}` : state;
  }
}

/** Only what is worth a word: `latest` is what everybody expects. */
function tagsOf({ tags }: Snapshot): string | undefined {
  if (!tags) return undefined;
  if (tags.length === 0) return l10n.t('untagged');
  return tags.length === 1 && tags[0] === 'latest' ? undefined : tags.join(', ');
}

function originOf(
  { docker_image, source_sandbox_id }: Snapshot,
  sourceName: string | undefined,
): string | undefined {
  if (!source_sandbox_id) return docker_image ?? undefined;
  return sourceName ? l10n.t('captured from {0}', sourceName) : l10n.t('captured');
}

function sinceStart({ created_at }: Snapshot, now: number): string | undefined {
  const startedAt = Date.parse(created_at ?? '');
  return Number.isNaN(startedAt) ? undefined : stopwatch(now - startedAt);
}

export function snapshotIcon(snapshot: Snapshot, facts: Pick<SnapshotFacts, 'now' | 'action'>): RowIcon {
  if (facts.action) return 'busy';
  if (isOverdue(snapshot, facts)) return 'overdue';
  switch (snapshot.status) {
    case 'ready':
      return 'snapshot';
    case 'failed':
      return 'failed';
    case 'building':
    case 'deleting':
      return 'busy';
  }
}
