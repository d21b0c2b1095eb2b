import { EngineError } from '../engine/engine-error';
import { Failure, invalidRequest } from '../failure';
import { findBox, updateBox, type BoxChanges, type BoxRecord } from '../store/boxes';
import { boxKey, containerName } from './engine-names';
import { getBox, storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';
import { forgetShells } from './shell';

/** What process 1 gets to end in; ours ends at once. */
const graceSeconds = 5;
const stopLimitMs = 60_000;

/**
 * Stops a ready sandbox: its files stay, its processes and `/tmp` go. Of one that preserves its memory all stays,
 * paused; of one that is not persistent nothing. Throws Failure from any other state, and 501 where the engine can't pause.
 * The signal ends the wait for earlier work on the sandbox; a stop that has begun is carried through.
 */
export async function stopBox(lifecycle: Lifecycle, idOrName: string, signal: AbortSignal): Promise<void> {
  const { id } = await getBox(lifecycle, idOrName, signal);
  await lifecycle.turns.run(boxKey(id), signal, async () => {
    const box = storedBox(lifecycle, id);
    if (box.status !== 'ready') {
      throw invalidRequest(`Sandbox ${box.name} is ${box.status}. Only a ready sandbox can be stopped.`);
    }
    await halt(lifecycle, box);
    // A deletion may have begun meanwhile, and then goes on.
    if (findBox(lifecycle.database, id)?.status === 'ready') updateBox(lifecycle.database, id, stopped(null));
  });
}

/**
 * Stops a ready sandbox that nobody asked to stop; the caller has its turn. The row says `stopped` from the start: a
 * command that comes meanwhile waits for the end and starts the sandbox again, instead of dying with it. Throws as
 * `stopBox` does; the row of one that can't be paused says why it runs on.
 */
export async function stopIdle(lifecycle: Lifecycle, box: BoxRecord, reason: string): Promise<void> {
  const { database } = lifecycle;
  updateBox(database, box.id, stopped(reason));
  try {
    await halt(lifecycle, box);
  } catch (error) {
    // A start or a deletion may have begun meanwhile, and then goes on.
    if (findBox(database, box.id)?.status === 'stopped') {
      const message = error instanceof Failure ? error.message : box.status_message;
      updateBox(database, box.id, { status: 'ready', status_message: message, stopped_at: null });
    }
    throw error;
  }
}

function stopped(reason: string | null): BoxChanges {
  return { status: 'stopped', status_message: reason, stopped_at: new Date().toISOString() };
}

async function halt(lifecycle: Lifecycle, box: BoxRecord): Promise<void> {
  const { engine } = lifecycle;
  const container = containerName(box.id);
  const limit = AbortSignal.timeout(stopLimitMs);
  await lifecycle.commandSpares.drop(box.id);
  if (!box.persistent) {
    await engine.removeContainer(container, limit);
    forgetShells(lifecycle, container);
  } else if (box.preserve_memory_on_stop) {
    await engine.pauseContainer(container, limit).catch((error: unknown) => {
      throw cannotPause(error, box);
    });
  } else {
    await engine.stopContainer(container, graceSeconds, limit);
  }
}

function cannotPause(error: unknown, { name }: BoxRecord): unknown {
  if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') return error;
  return new Failure(
    501,
    'NotImplemented',
    `Sandbox ${name} preserves its memory, and the container engine can not pause it: ${error.message.replace(/[.]?$/, '.')} ` +
      'It runs on; delete it, or create one without preserve_memory_on_stop.',
  );
}
