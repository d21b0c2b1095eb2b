import type { Connection } from '../connection';
import type { Session } from '../session';
import type { ForwardsEnded } from './forward';

/** Why nothing of a session's sandbox can be reached any more; undefined while nothing says so. */
export function whatEnded(
  connection: Connection,
  session: Session,
  boxId: string,
): ForwardsEnded['why'] | undefined {
  if (connection.session !== session || connection.state === 'failed') return 'disconnected';
  const { boxes } = session.inventory;
  const box = boxes.find(boxId);
  if (box) return box.status === 'ready' ? undefined : 'stopped';
  const listing = boxes.listing.value;
  const isWhole = listing.state === 'ready' && listing.rows.nextOffset === undefined && boxes.filter === '';
  return isWhole ? 'deleted' : undefined;
}
