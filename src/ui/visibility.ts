import { window } from 'vscode';
import { Observable, type Observed, type Subscription } from '../app/observable';
import { isAnyInSight, sights, type Visibility } from '../app/polling/visibility';
import type { Desk } from './desk';
import { isDetailInSight } from './details/details-provider';

/** What is in sight: a view, or a document about one of its rows, until what is added to `disposables` is disposed. */
export function followVisibility(
  { sandboxes, snapshots }: Desk['trees'],
  disposables: Subscription[],
): Observed<Visibility> {
  const now = (): Visibility => ({
    boxes: sandboxes.visible.value || isDetailInSight('sandbox'),
    snapshots: snapshots.visible.value || isDetailInSight('snapshot'),
    focused: window.state.focused,
  });
  const visibility = new Observable(now());
  const look = (): void => {
    const [before, after] = [visibility.value, now()];
    if (sights.some((sight) => before[sight] !== after[sight])) visibility.set(after);
  };
  for (const tree of [sandboxes, snapshots]) tree.visible.subscribe(look);
  disposables.push(window.onDidChangeWindowState(look), window.onDidChangeVisibleTextEditors(look));
  return visibility;
}

/** Calls `then` as soon as a view is in sight, and each time that changes while one is. */
export function whenSeen(visibility: Observed<Visibility>, then: () => void): void {
  const look = (now: Visibility): void => {
    if (isAnyInSight(now)) then();
  };
  visibility.subscribe(look);
  look(visibility.value);
}
