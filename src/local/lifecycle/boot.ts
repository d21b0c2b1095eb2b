import type { EngineContainer } from '../engine/engine';
import { Failure, invalidRequest } from '../failure';
import { findBox, updateBox, type BoxChanges, type BoxRecord } from '../store/boxes';
import { within } from '../abort';
import { bootFailure } from './boot-failure';
import { createBoxContainer, limitsOf } from './box-container';
import { untilBuilt } from './default-snapshot';
import { boxKey, containerName } from './engine-names';
import { getBox, storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';
import { forgetShells } from './shell';
import { wasDeleted } from './tasks';

/** An engine that takes longer to start a container has stalled. */
export const bootLimitMs = 120_000;
const cleanUpLimitMs = 30_000;

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

/** Where its container comes from: it never had one, it was given a spare, or the engine may have kept it. */
export type Origin = 'none' | 'spare' | 'kept';

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

async function runContainer(
  lifecycle: Lifecycle,
  box: BoxRecord,
  origin: Origin,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = lifecycle;
  const name = containerName(box.id);
  if (origin === 'spare' && (await isSpareAlive(lifecycle, name, signal))) return;
  const kept = origin === 'kept' ? await keptContainer(lifecycle, box, signal) : undefined;
  const isThere = kept !== undefined;
  try {
    if (isThere) await prepareKept(lifecycle, box, signal);
    else await makeContainer(lifecycle, box, signal);
    if (kept?.state === 'paused') await engine.unpauseContainer(name, signal);
    else await engine.startContainer(name, signal);
    const state = (await engine.inspectContainer(name, signal))?.state;
    if (state !== 'running')
      throw new Failure(422, 'CrashLoop', `The container of sandbox ${box.name} ended at once.`);
  } catch (error) {
    if (!isThere) await removeNewContainer(lifecycle, name);
    throw error;
  }
}

/** Nothing that was found in one before it holds for it. */
async function makeContainer(lifecycle: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<void> {
  forgetShells(lifecycle, containerName(box.id));
  await createBoxContainer(lifecycle, box.id, box, signal);
}

/** One that ended while it waited goes: nobody wrote anything there. */
async function isSpareAlive({ engine }: Lifecycle, name: string, signal: AbortSignal): Promise<boolean> {
  const spare = await engine.inspectContainer(name, signal);
  if (spare?.state === 'running') return true;
  if (spare) await engine.removeContainer(name, signal);
  return false;
}

/** The container to start again. One of a sandbox that is not persistent goes, with what was written there. */
async function keptContainer(
  { engine }: Lifecycle,
  box: BoxRecord,
  signal: AbortSignal,
): Promise<EngineContainer | undefined> {
  const name = containerName(box.id);
  const container = await engine.inspectContainer(name, signal);
  if (!container || box.persistent) return container;
  await engine.removeContainer(name, signal);
  return undefined;
}

/** Its limits may have been changed while it was stopped, and an older server may have made it. */
async function prepareKept({ engine }: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<void> {
  await engine.layProgram(containerName(box.id), 'leader', signal);
  const limits = limitsOf(box);
  if (!engine.info.changesLimits || Object.values(limits).every((limit) => limit === undefined)) return;
  await engine.changeLimits(containerName(box.id), limits, signal);
}

/** One that never ran holds nothing of the user's. What fails is left to the next sweep. */
async function removeNewContainer({ engine, log }: Lifecycle, name: string): Promise<void> {
  try {
    await engine.removeContainer(name, AbortSignal.timeout(cleanUpLimitMs));
  } catch (error) {
    log.error(`could not remove the container ${name}: ${String(error)}`);
  }
}
