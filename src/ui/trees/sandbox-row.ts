import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { isOverdue } from '../../app/overdue';
import type { PendingAction } from '../../app/pending';
import { size } from '../words/size';
import { overdueWord, pendingWord, statusWord } from '../words/states';
import { age, spanAhead } from '../words/time';
import { joined, joinedWords, type Row, type RowIcon } from './row';

export interface SandboxFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Name of the snapshot it stands on: undefined while unknown, null when that is gone. */
  readonly snapshotName: string | null | undefined;
  readonly action: PendingAction | undefined;
  /** Whether its files are to stay as they are. */
  readonly isReadOnly?: boolean;
}

export function sandboxRow(box: Box, facts: SandboxFacts): Row {
  const description = describe(box, facts);
  return {
    id: box.id,
    label: box.name,
    description,
    icon: sandboxIcon(box, facts),
    contextValue: joinedWords(
      'sandbox',
      contextState(box, facts.action),
      isOverdue(box, facts) && 'overdue',
      facts.isReadOnly === true && 'read-only',
    ),
    spoken: l10n.t('Sandbox {0}, {1}', box.name, description),
  };
}

function describe(box: Box, facts: SandboxFacts): string {
  const { now, snapshotName, action } = facts;
  const doing = action && pendingWord(action);
  if (action !== 'capturing' && doing) return joined([doing, originOf(snapshotName)]);
  const state = statusWord(box.status);
  switch (box.status) {
    case 'ready':
      return joined([
        state,
        doing,
        age(box.created_at, now),
        originOf(snapshotName),
        idleStop(box, now),
        resources(box),
      ]);
    case 'stopped':
      return joined([state, originOf(snapshotName), deletion(box, now)]);
    case 'provisioning':
      return joined([
        state,
        overdueWord(isOverdue(box, facts)),
        box.status_message ?? undefined,
        age(box.updated_at ?? box.created_at, now),
        originOf(snapshotName),
      ]);
    case 'deleting':
      return joined([state, overdueWord(isOverdue(box, facts))]);
    case 'failed':
      return box.status_message ? `${state}: ${box.status_message}` : state;
  }
}

function originOf(snapshotName: string | null | undefined): string | undefined {
  return snapshotName === null ? l10n.t('snapshot deleted') : snapshotName;
}

export function resources({ vcpus, cpu_millicores, mem_bytes }: Box): string | undefined {
  const cpu = cpu_millicores ? cpu_millicores / 1000 : vcpus;
  return joined([cpu ? l10n.t('{0} vCPU', cpu) : undefined, mem_bytes ? size(mem_bytes) : undefined]);
}

/** When a running sandbox stops by itself unless something uses it before. */
function idleStop({ idle_since, idle_ttl_seconds }: Box, now: number): string | undefined {
  const idleSince = Date.parse(idle_since ?? '');
  if (Number.isNaN(idleSince) || !idle_ttl_seconds) return undefined;
  return l10n.t('stops in {0}', spanAhead(idleSince + idle_ttl_seconds * 1000 - now));
}

/** When a stopped sandbox goes by itself. */
function deletion({ stopped_at, delete_after_stop_seconds }: Box, now: number): string | undefined {
  const stoppedAt = Date.parse(stopped_at ?? '');
  if (Number.isNaN(stoppedAt) || !delete_after_stop_seconds) return undefined;
  return l10n.t('deleted in {0}', spanAhead(stoppedAt + delete_after_stop_seconds * 1000 - now));
}

export function sandboxIcon(box: Box, facts: Pick<SandboxFacts, 'now' | 'action'>): RowIcon {
  if (facts.action) return 'busy';
  if (isOverdue(box, facts)) return 'overdue';
  switch (box.status) {
    case 'ready':
      return 'running';
    case 'stopped':
      return 'stopped';
    case 'failed':
      return 'failed';
    case 'provisioning':
    case 'deleting':
      return 'busy';
  }
}

/** While an action is under way, menus offer only what makes sense beside it. */
function contextState({ status }: Box, action: PendingAction | undefined): string {
  switch (action) {
    case 'starting':
      return 'provisioning';
    case 'stopping':
    case 'deleting':
    case 'capturing':
      return action;
    case 'waiting':
    case undefined:
      return status;
  }
}
