import type { Desk } from '../desk';
import { sessionFor } from './session';

/** Both lists anew. */
export async function refresh(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const { boxes, snapshots } = session.inventory;
  await Promise.all([boxes.refresh(), snapshots.refresh()]);
}
