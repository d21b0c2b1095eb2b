import { isSameRow, type Row } from './row';

/** Rows by the id of the one that they stand below; those at the top by `topOfAll`. */
export type RowLists = ReadonlyMap<string, readonly Row[]>;
export const topOfAll = '';

/**
 * What to tell the editor after a change: nothing, some rows with what stands below them, or everything because rows
 * came, went or moved where all others would have to be told, too. Selection and scroll position outlive all three, for
 * ids stay.
 */
export type Repaint =
  | { readonly kind: 'none' }
  | { readonly kind: 'rows'; readonly ids: readonly string[] }
  | { readonly kind: 'all' };

export function repaintOf(before: RowLists, after: RowLists): Repaint {
  const ids = new Set<string>();
  const left = new Set<string>();
  const came = new Set<string>();
  for (const [parent, rows] of after) {
    const old = before.get(parent) ?? [];
    if (isSameOrder(old, rows)) {
      const changed = rows.filter((row, index) => {
        const known = old[index];
        return known && !isSameRow(known, row);
      });
      for (const { id } of changed) ids.add(id);
      continue;
    }
    if (parent === topOfAll) return { kind: 'all' };
    ids.add(parent);
    addMissing(left, old, rows);
    addMissing(came, rows, old);
  }
  // The editor draws parents side by side: it could forget a row in one just after it came into the other.
  if ([...came].some((id) => left.has(id))) return { kind: 'all' };
  return ids.size === 0 ? { kind: 'none' } : { kind: 'rows', ids: [...ids] };
}

function isSameOrder(one: readonly Row[], other: readonly Row[]): boolean {
  return one.length === other.length && one.every(({ id }, index) => id === other[index]?.id);
}

function addMissing(to: Set<string>, rows: readonly Row[], others: readonly Row[]): void {
  const known = new Set(others.map(({ id }) => id));
  for (const { id } of rows) if (!known.has(id)) to.add(id);
}
