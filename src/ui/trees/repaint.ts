import { isSameRow, type Row } from './row';

/**
 * What to tell the editor after a change: nothing, some rows, or everything because rows came, went or moved.
 * Selection and scroll position outlive all three, for ids stay.
 */
export type Repaint =
  | { readonly kind: 'none' }
  | { readonly kind: 'rows'; readonly ids: readonly string[] }
  | { readonly kind: 'all' };

export function repaintOf(before: readonly Row[], after: readonly Row[]): Repaint {
  if (before.length !== after.length) return { kind: 'all' };
  const ids: string[] = [];
  for (const [index, row] of after.entries()) {
    const old = before[index];
    if (old?.id !== row.id) return { kind: 'all' };
    if (!isSameRow(old, row)) ids.push(row.id);
  }
  return ids.length === 0 ? { kind: 'none' } : { kind: 'rows', ids };
}
