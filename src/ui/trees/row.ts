/** One line of a tree, as plain data: everything the editor shows, computed from what is known, without the editor. */
export interface Row {
  /** The resource's id and nothing else, so that selection survives whatever changes in the row. */
  readonly id: string;
  readonly label: string;
  /** Volatile text beside the label. */
  readonly description: string;
  readonly icon: RowIcon;
  /** Tags that menus match, such as `sandbox ready`. */
  readonly contextValue: string;
  /** What a screen reader says: kind, name and state in words. */
  readonly spoken: string;
}

export type RowIcon =
  | 'running'
  | 'stopped'
  | 'snapshot'
  | 'busy'
  | 'overdue'
  | 'failed'
  | 'done'
  | 'cancelled'
  | 'unfollowed'
  | 'more';

export const moreRowId = 'load-more';

/** Parts that are there, with the separator that rows use. */
export function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** Tags that are there, as menus match them. */
export function joinedWords(...tags: (string | false)[]): string {
  return tags.filter(Boolean).join(' ');
}

export function isSameRow(one: Row, other: Row): boolean {
  return (
    one.label === other.label &&
    one.description === other.description &&
    one.icon === other.icon &&
    one.contextValue === other.contextValue &&
    one.spoken === other.spoken
  );
}
