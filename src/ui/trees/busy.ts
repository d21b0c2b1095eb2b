import { window } from 'vscode';
import type { ViewId } from '../../contributions';
import type { Connections } from '../../app/connections';
import type { Inventory } from '../../app/inventory';
import type { Observed, Subscription } from '../../app/observable';

/** The view's own progress bar, while the connection is made and while its list is asked for. */
export function showBusy(
  viewId: ViewId,
  connections: Connections,
  busyOf: (inventory: Inventory) => Observed<boolean>,
): Subscription {
  let finish: (() => void) | undefined;
  let followed: Observed<boolean> | undefined;
  let following: Subscription | undefined;

  const show = (): void => {
    const isBusy = connections.current.value.state === 'connecting' || followed?.value === true;
    if (isBusy && !finish) {
      void window.withProgress({ location: { viewId } }, () => new Promise<void>((done) => (finish = done)));
    } else if (!isBusy) {
      finish?.();
      finish = undefined;
    }
  };
  const follow = (): void => {
    const inventory = connections.current.value.session?.inventory;
    const busy = inventory && busyOf(inventory);
    if (busy !== followed) {
      following?.dispose();
      followed = busy;
      following = busy?.subscribe(show);
    }
    show();
  };
  const ofConnections = connections.current.subscribe(follow);
  follow();
  return {
    dispose: () => {
      ofConnections.dispose();
      following?.dispose();
      finish?.();
    },
  };
}
