import { deleteBox, getBox } from '../../api/boxes';
import { ApiError, type ApiErrorKind } from '../../api/errors';
import { deleteSnapshot as deleteOnServer, getSnapshot } from '../../api/snapshots';
import type { CallOptions } from '../../api/transport';
import type { Box, Snapshot } from '../../api/types';
import type { Collection } from '../collection';
import { sandboxesOn, SnapshotInUseError } from '../dependents';
import type { Resource } from '../listing';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';

const answerTimeoutMs = 120_000;
const lookTimeoutMs = 5_000;

export function deleteSandbox(session: Session, box: Box, run: Run): Promise<Outcome<Box>> {
  const { transport, inventory } = session;
  return erase(session, inventory.boxes, box, run, {
    send: (call) => deleteBox(transport, box.id, call),
    look: (call) => getBox(transport, box.id, call),
  });
}

/** Also ends a build that is under way. Refused as `in-use` while sandboxes stand on it, as far as they can be found. */
export function deleteSnapshot(session: Session, snapshot: Snapshot, run: Run): Promise<Outcome<Snapshot>> {
  const { transport, inventory } = session;
  return erase(session, inventory.snapshots, snapshot, run, {
    send: (call) =>
      deleteOnServer(transport, snapshot.id, call).catch(async (error: unknown) => {
        throw await explained(session, snapshot, error, call);
      }),
    look: (call) => getSnapshot(transport, snapshot.id, call),
  });
}

/** The refusal with the sandboxes that are its reason, where there are any. */
async function explained(
  session: Session,
  snapshot: Snapshot,
  error: unknown,
  { signal }: CallOptions,
): Promise<unknown> {
  if (!(error instanceof ApiError) || !refusals.has(error.kind)) return error;
  const limit = AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(lookTimeoutMs)]);
  const users = await sandboxesOn(session, [snapshot], { signal: limit }).catch(() => []);
  return users.length > 0 ? new SnapshotInUseError(users, error) : error;
}

/** The API does not say with which of them it refuses. */
const refusals: ReadonlySet<ApiErrorKind> = new Set(['conflict', 'invalid']);

interface Calls<T> {
  send: (call: CallOptions) => Promise<void>;
  look: (call: CallOptions) => Promise<T>;
}

/**
 * One that is gone already counts as deleted. A server that deletes in the background keeps its row until it is done,
 * and when its answer did not come, the row tells whether it took the request.
 */
function erase<T extends Resource & { status: string }>(
  session: Session,
  collection: Collection<T>,
  resource: T,
  run: Run,
  { send, look }: Calls<T>,
): Promise<Outcome<T>> {
  return settle(run, () => {
    run.onStep({ kind: 'asking' });
    return session.inventory.pending.during(resource.id, 'deleting', run.signal, async (signal) => {
      const unanswered = await failureInDoubt(send({ signal, timeoutMs: answerTimeoutMs }));
      const rest = await unlessGone(look({ signal })).catch((error: unknown) => {
        throw error instanceof ApiError && unanswered ? unanswered : error;
      });
      if (rest === undefined) collection.remove(resource.id);
      else collection.upsert(rest);
      if (rest && rest.status !== 'deleting' && unanswered) throw unanswered;
      return resource;
    });
  });
}

/** Undefined when it was deleted, or is gone. The failure when the server may have taken the request all the same. */
async function failureInDoubt(deletion: Promise<void>): Promise<ApiError | undefined> {
  try {
    await unlessGone(deletion);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && inDoubt.has(error.kind)) return error;
    throw error;
  }
}

const inDoubt: ReadonlySet<ApiErrorKind> = new Set(['deadline', 'timeout', 'ambiguous']);

async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
