import { glob } from '../../api/files/search';
import type { CallOptions } from '../../api/transport';
import { NotRunningError, runningBox } from '../running-box';
import type { Session } from '../session';

/** Uses the sandbox, as little as can be: its idle time begins anew. False when it does not run any more: it is not started. */
export async function keepAwake(session: Session, id: string, call: CallOptions): Promise<boolean> {
  try {
    const box = await runningBox(session, id, call);
    await glob(session.transport, box, { pattern: '*', path: '/', limit: 1 }, call);
    return true;
  } catch (error) {
    if (error instanceof NotRunningError) return false;
    throw error;
  }
}
