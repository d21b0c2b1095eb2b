import { randomBytes } from 'node:crypto';
import type { Box, CreateBoxRequest } from '../../api/types';
import { createSandbox } from '../operations/create-sandbox';
import { deleteSandbox } from '../operations/delete-resource';
import type { Run } from '../outcome';
import type { Session } from '../session';

/** Should nobody live to delete it: it stops for want of use, after longer than a listing may take, and goes a minute later. */
const idleSeconds = 900;
const stoppedSeconds = 60;
const deleteTimeoutMs = 130_000;

/** What a sandbox is made from that shows a snapshot as its user sees it; small, as it is only looked at. */
function temporaryRequest({ snapshot_id, run_config }: Origin): CreateBoxRequest {
  return {
    name: `temporary-compare-${randomBytes(4).toString('hex')}`,
    snapshot_id,
    idle_ttl_seconds: idleSeconds,
    delete_after_stop_seconds: stoppedSeconds,
    cpu_millicores: 1000,
    ...(run_config?.user && { run_config: { user: run_config.user } }),
  };
}

/** Of which sandbox's snapshot, and how that sandbox is used. */
export type Origin = Pick<Box, 'run_config'> & { readonly snapshot_id: string };

/**
 * Works in a sandbox that is there for it alone, and is deleted however that ends. Rejects as `work` does, or with what
 * kept it from starting.
 * `onLeft`: it could not be deleted, and goes by itself later.
 */
export async function inTemporarySandbox<T>(
  session: Session,
  origin: Origin,
  { signal, onStep }: Run,
  work: (box: Box) => Promise<T>,
  onLeft: (box: Box) => void,
): Promise<T> {
  const created = await createSandbox(session, temporaryRequest(origin), { signal, onStep });
  try {
    if (created.kind === 'done') return await work(created.value);
    signal.throwIfAborted();
    throw created.kind === 'failed' ? created.failure.error : new Error('The sandbox was taken away');
  } finally {
    const box = created.kind === 'done' ? created.value : created.left;
    if (box && !(await isDeleted(session, box))) onLeft(box);
  }
}

/** Whoever has cancelled wants this all the same. */
async function isDeleted(session: Session, box: Box): Promise<boolean> {
  const signal = AbortSignal.timeout(deleteTimeoutMs);
  const { kind } = await deleteSandbox(session, box, { signal, onStep: () => undefined });
  return kind === 'done';
}
