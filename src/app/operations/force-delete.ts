import { getBox } from '../../api/boxes';
import { WaitTimeoutError } from '../../api/errors';
import type { Box } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { deleteSandbox } from './delete-resource';
import { goneTimeoutMs, untilGone } from './until-gone';

/**
 * Deletes a sandbox, whatever the server said of it before, and is done once it is gone and its name is free: a server
 * that deletes in the background keeps both for a while. Fails when it is still there after half a minute.
 */
export async function forceDeleteSandbox(session: Session, box: Box, run: Run): Promise<Outcome<Box>> {
  const deleted = await deleteSandbox(session, box, { signal: run.signal, onStep: run.onStep });
  if (deleted.kind !== 'done') return deleted;
  return settle(run, async () => {
    await isGone(session, box, run.signal);
    return box;
  });
}

async function isGone(
  { transport, inventory }: Session,
  { id, name }: Box,
  signal: AbortSignal,
): Promise<void> {
  const isFree = await untilGone(inventory.boxes, id, signal, (call) => getBox(transport, id, call));
  if (!isFree) throw new WaitTimeoutError('sandbox', name, 'deleting', goneTimeoutMs);
}
