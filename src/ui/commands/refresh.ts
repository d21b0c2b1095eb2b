import type { Desk } from '../desk';
import { sessionFor } from './session';

/** Both lists anew. */
export async function refresh(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (session) await desk.polling.refresh(session);
}
