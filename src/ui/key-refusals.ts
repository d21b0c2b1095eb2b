import { l10n } from 'vscode';
import type { Connection } from '../app/connection';
import { isKeyRefused } from '../app/key-refused';
import type { Subscription } from '../app/observable';
import { targetName, type Target } from '../app/target';
import type { Desk } from './desk';
import { notice } from './notice';
import { showLog, updateKey } from './run-action';

/** Says once that the server refuses the key, however many calls it refuses; again only after it took one. */
export function followKeyRefusals(desk: Desk): Subscription {
  const { current } = desk.connections;
  let ofSession: Subscription[] = [];
  let isTold = false;
  const look = ({ session }: Connection): void => {
    const wasTold = isTold;
    // The local server’s key is the extension’s own: there is none to update.
    isTold = session?.target.kind === 'langsmith' && isKeyRefused(session.inventory);
    if (session && isTold && !wasTold) tell(desk, session.target);
  };
  const follow = (): void => {
    for (const subscription of ofSession) subscription.dispose();
    const connection = current.value;
    const { boxes, snapshots } = connection.session?.inventory ?? {};
    ofSession = [boxes, snapshots].flatMap(
      (collection) => collection?.listing.subscribe(() => look(connection)) ?? [],
    );
    look(connection);
  };
  const ofConnections = current.subscribe(follow);
  follow();
  return {
    dispose: () => {
      ofConnections.dispose();
      for (const subscription of ofSession) subscription.dispose();
    },
  };
}

function tell(desk: Desk, target: Target): void {
  const name = targetName(target);
  desk.log.warn(`${name}: the API key is refused`);
  void notice('error', l10n.t('The server refused the API key of {0}.', name), [
    updateKey(target),
    showLog(desk),
  ]);
}
