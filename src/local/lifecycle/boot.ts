import { Failure, invalidRequest } from '../failure';
import { findBox, updateBox, type BoxChanges, type BoxRecord } from '../store/boxes';
import { within } from '../abort';
import { bootFailure } from './boot-failure';
import { untilBuilt } from './default-snapshot';
import { boxKey } from './engine-names';
import { getBox, storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';
import { runContainer, type Origin } from './run-container';
import { wasDeleted } from './tasks';

/** An engine that takes longer to start a container has stalled. */
export const bootLimitMs = 120_000;

/** From `stopped` or `failed`; gives the sandbox as `provisioning`. Throws Failure from any other state. */
export async function startBox(
  lifecycle: Lifecycle,
  idOrName: string,
  signal: AbortSignal,
): Promise<BoxRecord> {
  await getBox(lifecycle, idOrName, signal);
  const box = storedBox(lifecycle, idOrName);
  if (box.status !== 'stopped' && box.status !== 'failed') {
    throw invalidRequest(
      `Sandbox ${box.name} is ${box.status}. Only a stopped or failed sandbox can be started.`,
    );
  }
  return restart(lifecycle, box);
}

/** Boots a stopped or failed sandbox again. Its files are those it had, unless its container is gone. */
export function restart(lifecycle: Lifecycle, box: BoxRecord): BoxRecord {
  const starting = { status: 'provisioning', status_message: null, stopped_at: null } as const;
  updateBox(lifecycle.database, box.id, starting);
  lifecycle.activity.touch(box.id);
  void startBoot(lifecycle, box);
  return { ...box, ...starting };
}

/** Boots a sandbox whose row says `provisioning`. Gives the reason if it failed; never rejects. */
export async function startBoot(
  lifecycle: Lifecycle,
  box: BoxRecord,
  origin: Origin = 'kept',
): Promise<Failure | undefined> {
  let failure: Failure | undefined;
  await lifecycle.tasks.start(boxKey(box.id), 'short', async (signal) => {
    failure = await boot(lifecycle, box, origin, signal);
  });
  return failure;
}

async function boot(
  lifecycle: Lifecycle,
  box: BoxRecord,
  origin: Origin,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const bootIsOver = lifecycle.boxSpares.standBack();
  try {
    return await lifecycle.turns.run(boxKey(box.id), within(bootLimitMs, signal), async () => {
      if (findBox(lifecycle.database, box.id)?.status !== 'provisioning') return deletedMeanwhile(box);
      await untilBuilt(lifecycle, box, signal);
      await runContainer(lifecycle, box, origin, within(bootLimitMs, signal));
      lifecycle.activity.touch(box.id);
      settle(lifecycle, box.id, { status: 'ready', status_message: null, stopped_at: null });
      if (origin !== 'kept') lifecycle.boxSpares.prepare(box);
      return undefined;
    });
  } catch (error) {
    const failure = error instanceof Failure ? error : bootFailure(error, bootLimitMs);
    if (wasDeleted(signal)) return failure;
    lifecycle.log.info(`boot of sandbox ${box.id} failed: ${failure.message}`);
    settle(lifecycle, box.id, { status: 'failed', status_message: failure.message });
    return failure;
  } finally {
    bootIsOver();
  }
}

function deletedMeanwhile({ name }: BoxRecord): Failure {
  return new Failure(422, 'Unschedulable', `Sandbox ${name} was deleted before it started.`);
}

/** A sandbox that is being deleted meanwhile stays so. */
function settle({ database }: Lifecycle, boxId: string, changes: BoxChanges): void {
  if (findBox(database, boxId)?.status === 'provisioning') updateBox(database, boxId, changes);
}
