import type { ResourceKind } from '../../app/details';
import type { FileAt } from '../../app/files/sandbox-files';

/** One line of a tree, as plain data: everything the editor shows, computed from what is known, without the editor. */
export interface Row {
  /**
   * A resource's row has the resource's id and nothing else, so that selection survives whatever changes in the row.
   * `group:…` is a group; `<resource>/ports` and `<resource>/ports/<number>` are a sandbox's ports, `<resource>/files` and
   * what begins with it its files; `<parent>/<kind>/<what it is about>` stands below a resource's row.
   */
  readonly id: string;
  readonly label: string;
  /** Volatile text beside the label. */
  readonly description: string;
  readonly icon: RowIcon;
  /** Tags that menus match, such as `sandbox ready`. */
  readonly contextValue: string;
  /** What a screen reader says: kind, name and state in words. */
  readonly spoken: string;
  /** How a row that has others below it is shown first; after that the user folds it. */
  readonly fold?: 'collapsed' | 'expanded';
  /** The loaded resource that choosing the row leads to, where that is another row's. */
  readonly leadsTo?: ResourceLink;
  /** What of a sandbox's files the row stands for. */
  readonly file?: RowFile;
  /** Another number each time that what stands below it is to be drawn anew, whatever it is. */
  readonly calls?: number;
}

export interface RowFile extends FileAt {
  readonly isFolder: boolean;
}

export interface ResourceLink {
  readonly kind: ResourceKind;
  readonly id: string;
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
  | 'more'
  | 'image'
  | 'tag'
  | 'ports'
  | 'files'
  | 'file'
  | 'folder'
  /** A device, a pipe, a socket, or a link that leads nowhere. */
  | 'special'
  | 'listening'
  /** A port on which nothing listens. */
  | 'silent'
  /** It tells something of the rows around it. */
  | 'note'
  /** None: a group is a heading. */
  | 'heading';

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
    one.spoken === other.spoken &&
    one.fold === other.fold &&
    one.leadsTo?.id === other.leadsTo?.id &&
    one.calls === other.calls
  );
}
