import { createBox, deleteBox, madeUpName } from './boxes';
import { ApiError } from './errors';
import { defaultTimeoutMs, type CallOptions, type Transport } from './transport';
import type { Box, CreateBoxRequest } from './types';
import { waitForBox } from './wait';

/** A sandbox that is deleted when its scope ends, however it ends: `await using scoped = await scopedBox(…)`. */
export interface ScopedBox extends AsyncDisposable {
  readonly box: Box;
  /** It outlives its scope. */
  keep(): void;
}

/** Creates a sandbox and waits until it is ready. When that fails, nothing of it stays. `timeoutMs` bounds creation and waiting each. */
export async function scopedBox(
  transport: Transport,
  request: Omit<CreateBoxRequest, 'wait_for_ready' | 'timeout'>,
  { signal, timeoutMs = 120_000 }: CallOptions = {},
): Promise<ScopedBox> {
  const name = request.name ?? madeUpName();
  let made: Box | undefined;
  try {
    made = await createBox(transport, { ...request, name, wait_for_ready: false }, { signal, timeoutMs });
    const box = made.status === 'ready' ? made : await waitForBox(transport, made.id, { signal, timeoutMs });
    return scope(transport, box);
  } catch (failure) {
    // A name of the caller's own may be another's; one that was made up here is ours even when no answer came.
    const mine = made?.id ?? (request.name === undefined ? name : undefined);
    if (mine !== undefined) await remove(transport, mine).catch(() => undefined);
    throw failure;
  }
}

function scope(transport: Transport, box: Box): ScopedBox {
  let isKept = false;
  return {
    box,
    keep: () => {
      isKept = true;
    },
    [Symbol.asyncDispose]: async () => {
      if (!isKept) await remove(transport, box.id);
    },
  };
}

/** No signal of the caller's holds this up: it is what is owed when all else is given up. */
async function remove(transport: Transport, idOrName: string): Promise<void> {
  try {
    await deleteBox(transport, idOrName, { timeoutMs: defaultTimeoutMs });
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.kind !== 'not-found') throw failure;
  }
}
