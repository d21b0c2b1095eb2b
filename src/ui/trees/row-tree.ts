import type { Row } from './row';

/** The rows of a view, and what stands below them. */
export interface RowTree {
  readonly top: readonly Row[];
  /** The resources' rows by the id of the group that they stand in; empty when the view has no groups. */
  readonly groups: ReadonlyMap<string, readonly Row[]>;
  /** What stands below a resource's row: made when it is asked for, as hardly any row is ever opened. */
  readonly below: (id: string) => readonly Row[];
}

export const noRows: RowTree = { top: [], groups: new Map(), below: () => [] };
