import { pause } from '../../api/deadline';
import { ApiError } from '../../api/errors';
import type { CallOptions } from '../../api/transport';
import type { Collection } from '../collection';
import type { Resource } from '../listing';

export const goneTimeoutMs = 30_000;
const lookEveryMs = 1_000;

/** Looks at a resource that is being deleted; its row follows. False when it is still there after half a minute. */
export async function untilGone<T extends Resource>(
  collection: Collection<T>,
  id: string,
  signal: AbortSignal,
  look: (call: CallOptions) => Promise<T>,
): Promise<boolean> {
  const limit = Date.now() + goneTimeoutMs;
  while (Date.now() < limit) {
    try {
      collection.upsert(await look({ signal }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'not-found') throw error;
      collection.remove(id);
      return true;
    }
    await pause(lookEveryMs, signal);
  }
  return false;
}
