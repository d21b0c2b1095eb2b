import type { Desk } from '../desk';

/** What the last comparison has found. */
export function showChanges(desk: Desk): void | Promise<void> {
  return desk.lastComparison.again(desk);
}
