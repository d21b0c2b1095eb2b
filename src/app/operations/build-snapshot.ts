import { ApiError } from '../../api/errors';
import { createSnapshot, deleteSnapshot } from '../../api/snapshots';
import type { CreateSnapshotRequest, Snapshot } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilReady } from './await-snapshot';
import { findBuilding, making } from './making';
import { saveRegistry, type RegistryCredentials } from './registries';

export interface BuildRequest {
  readonly snapshot: CreateSnapshotRequest;
  /** Registered before the build; takes the place of `snapshot.registry_id`. */
  readonly credentials?: RegistryCredentials;
  /** How long to wait for it. The build itself has no limit of ours. */
  readonly timeoutMs: number;
  /** Id of the failed attempt that this one repeats; its row goes. */
  readonly repeats?: string;
}

/** Builds a snapshot from an image and waits until it is ready. Left behind when we stop waiting: the building snapshot. */
export function buildSnapshot(
  session: Session,
  request: BuildRequest,
  run: Run,
): Promise<Outcome<Snapshot, Snapshot>> {
  const { transport } = session;
  const call = { signal: run.signal };
  return settle(run, async (started) => {
    run.onStep({ kind: 'asking' });
    const registry = request.credentials && (await saveRegistry(transport, request.credentials, call));
    if (request.repeats) await forget(session, request.repeats, run.signal);
    const body = registry ? { ...request.snapshot, registry_id: registry.id } : request.snapshot;
    const snapshot = await making(run.signal, started, {
      ask: () => createSnapshot(transport, body, call),
      find: (startedAt, look) => findBuilding(session, body.name, startedAt, look),
    });
    return untilReady(session, snapshot, request.timeoutMs, run);
  });
}

async function forget({ transport, inventory }: Session, id: string, signal: AbortSignal): Promise<void> {
  try {
    await deleteSnapshot(transport, id, { signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'not-found') throw error;
  }
  inventory.snapshots.remove(id);
}
