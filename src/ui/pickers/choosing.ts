import type { PendingAction } from '../../app/pending';

/** What a resource is picked for. */
export interface Choosing<Status> {
  readonly title: string;
  /** States in which the command makes sense; any when empty. */
  readonly statuses: readonly Status[];
  /** What will be done with it: one that does something else already, or that is going away, is not offered. */
  readonly action?: PendingAction;
  /** Said when there is none in those states. */
  readonly nothing: string;
}

/** Whether the command makes sense in this state. */
export function isInState<Status>(status: Status, { statuses }: Choosing<Status>): boolean {
  return statuses.length === 0 || statuses.includes(status);
}
