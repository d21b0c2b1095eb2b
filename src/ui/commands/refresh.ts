import type { Desk } from '../desk';
import { sessionFor } from './session';

/** Both lists anew, and the folders of sandboxes that are in sight. */
export async function refresh(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  desk.folders.refresh();
  if (session) await desk.polling.refresh(session);
}
