import { l10n } from 'vscode';
import type { Box, BoxStatus, Snapshot, SnapshotStatus } from '../../api/types';
import type { Collection } from '../../app/collection';
import type { Resource } from '../../app/listing';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { isInState, type Choosing } from '../pickers/choosing';

/** The rows that a command is for when several are selected. */
export interface Selected<T> {
  readonly session: Session;
  /** Those for which the command makes sense now; at least one. */
  readonly items: readonly T[];
  /** How many others there are. */
  readonly leftOut: number;
}

/** `alone`: the command is for one row, or comes from the palette. Undefined: it makes sense for none of several. */
export type Selection<T> = Selected<T> | 'alone' | undefined;

/** Ids of rows, the one that the command was chosen on among them. */
export function selectedRows(rowId: unknown, selected: unknown): readonly unknown[] {
  return Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [rowId];
}

export function selectedSandboxes(
  desk: Desk,
  selected: unknown,
  choosing: Choosing<BoxStatus>,
): Selection<Box> {
  return selection(desk, selected, ({ inventory }) => inventory.boxes, choosing);
}

export function selectedSnapshots(
  desk: Desk,
  selected: unknown,
  choosing: Choosing<SnapshotStatus>,
): Selection<Snapshot> {
  return selection(desk, selected, ({ inventory }) => inventory.snapshots, choosing);
}

function selection<T extends Resource & { readonly status: Status }, Status extends string>(
  desk: Desk,
  selected: unknown,
  collection: (session: Session) => Collection<T>,
  choosing: Choosing<Status>,
): Selection<T> {
  const { session } = desk.connections.current.value;
  if (!Array.isArray(selected) || selected.length < 2 || !session) return 'alone';
  const known = collection(session).items.filter(({ id }) => selected.includes(id));
  const { action } = choosing;
  const items = known.filter(
    (each) => isInState(each.status, choosing) && (!action || session.inventory.pending.allows(each, action)),
  );
  if (items.length > 0) return { session, items, leftOut: known.length - items.length };
  void notice('information', l10n.t('This makes sense for none of what is selected.'));
  return undefined;
}
