import { Observable, type Observed } from '../app/observable';
import type { Visibility } from '../app/polling';
import type { Desk } from './desk';

/** Which of the views are in sight. */
export function followVisibility({ sandboxes, snapshots }: Desk['trees']): Observed<Visibility> {
  const now = (): Visibility => ({ boxes: sandboxes.visible.value, snapshots: snapshots.visible.value });
  const visibility = new Observable(now());
  for (const tree of [sandboxes, snapshots]) tree.visible.subscribe(() => visibility.set(now()));
  return visibility;
}

/** Calls `then` as soon as a view is in sight, and each time that changes while one is. */
export function whenSeen(visibility: Observed<Visibility>, then: () => void): void {
  const look = ({ boxes, snapshots }: Visibility): void => {
    if (boxes || snapshots) then();
  };
  visibility.subscribe(look);
  look(visibility.value);
}
