import { getBox } from '../api/boxes';
import { ApiError } from '../api/errors';
import type { CallOptions } from '../api/transport';
import type { Box } from '../api/types';
import type { Session } from './session';

/** What became of a sandbox that does not run any more. */
export type Ended = 'stopped' | 'deleted';

/** Nothing was sent into the sandbox. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';

  /** `box`: as it is now; undefined when it is not there any more. */
  constructor(readonly box: Box | undefined) {
    super(`the sandbox is ${box?.status ?? 'deleted'}`);
  }

  get ended(): Ended {
    return this.box ? 'stopped' : 'deleted';
  }
}

/**
 * The sandbox, when it runs: whatever is sent into one that is stopped would start it. The inventory hears of it.
 * @throws {NotRunningError} @throws {ApiError}
 */
export async function runningBox(
  { transport, inventory }: Pick<Session, 'transport' | 'inventory'>,
  id: string,
  options?: CallOptions,
): Promise<Box> {
  const box = await getBox(transport, id, options).catch((error: unknown) => {
    if (error instanceof ApiError && error.kind === 'not-found') return undefined;
    throw error;
  });
  if (box?.status === 'ready') return box;
  if (box) inventory.boxes.upsert(box);
  else inventory.boxes.remove(id);
  throw new NotRunningError(box);
}
