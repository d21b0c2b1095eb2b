import { invalidRequest } from '../failure';
import { findBox, updateBox } from '../store/boxes';
import { boxKey, containerName } from './engine-names';
import { getBox, storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';

/** What process 1 gets to end in; ours ends at once. */
const graceSeconds = 5;
const stopLimitMs = 60_000;

/**
 * Stops a ready sandbox: its files stay, its processes and `/tmp` go. Throws Failure from any other state.
 * The signal ends the wait for earlier work on the sandbox; a stop that has begun is carried through.
 */
export async function stopBox(lifecycle: Lifecycle, idOrName: string, signal: AbortSignal): Promise<void> {
  const { id } = await getBox(lifecycle, idOrName, signal);
  await lifecycle.turns.run(boxKey(id), signal, async () => {
    const box = storedBox(lifecycle, id);
    if (box.status !== 'ready') {
      throw invalidRequest(`Sandbox ${box.name} is ${box.status}. Only a ready sandbox can be stopped.`);
    }
    await lifecycle.engine.stopContainer(containerName(id), graceSeconds, AbortSignal.timeout(stopLimitMs));
    // A deletion may have begun meanwhile, and then goes on.
    if (findBox(lifecycle.database, id)?.status !== 'ready') return;
    updateBox(lifecycle.database, id, {
      status: 'stopped',
      status_message: null,
      stopped_at: new Date().toISOString(),
    });
  });
}
