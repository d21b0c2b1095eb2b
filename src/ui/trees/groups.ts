import { l10n } from 'vscode';
import { sandboxes } from '../words/count';
import type { Group } from './group-of';
import type { Row } from './row';

interface Filled {
  readonly group: Group;
  readonly rows: Row[];
}

/** A row of a resource, and where it belongs. */
export type Placed = readonly [row: Row, group: Group];

/** Rows in their groups, each in the order it had. `isPartial`: there are more, in whichever group. */
export function groupRows(
  placed: readonly Placed[],
  isPartial: boolean,
): { top: Row[]; groups: Map<string, readonly Row[]> } {
  const filled = new Map<string, Filled>();
  for (const [row, group] of placed) {
    const known = filled.get(group.id);
    if (known) known.rows.push(row);
    else filled.set(group.id, { group, rows: [row] });
  }
  const inOrder = [...filled.values()].sort(
    ({ group: one }, { group: other }) =>
      one.rank - other.rank || one.label.localeCompare(other.label) || one.id.localeCompare(other.id),
  );
  return {
    top: inOrder.map(({ group, rows }) => headingRow(group, rows.length, isPartial)),
    groups: new Map(inOrder.map(({ group, rows }) => [group.id, rows])),
  };
}

function headingRow({ id, label }: Group, count: number, isPartial: boolean): Row {
  const shown = l10n.t('{0} shown', count);
  return {
    id,
    label,
    description: isPartial ? shown : String(count),
    icon: 'heading',
    contextValue: 'group',
    spoken: l10n.t('Group {0}, {1}', label, isPartial ? shown : sandboxes(count)),
    fold: 'expanded',
  };
}
