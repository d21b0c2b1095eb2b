import type { Connection } from '../connection';
import type { Observed, Subscription } from '../observable';

/** Calls `look` whenever the connection changes, or what is known of its sandboxes. */
export function followBoxes(current: Observed<Connection>, look: () => void): Subscription {
  let ofSession: Subscription | undefined;
  const follow = (): void => {
    ofSession?.dispose();
    ofSession = current.value.session?.inventory.boxes.listing.subscribe(look);
    look();
  };
  const ofConnections = current.subscribe(follow);
  follow();
  return {
    dispose: () => {
      ofConnections.dispose();
      ofSession?.dispose();
    },
  };
}
