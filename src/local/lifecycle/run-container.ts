import type { EngineContainer } from '../engine/engine';
import { Failure } from '../failure';
import type { BoxRecord } from '../store/boxes';
import { createBoxContainer, limitsOf } from './box-container';
import { containerName } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { forgetShells } from './shell';

const cleanUpLimitMs = 30_000;

/** Where its container comes from: it never had one, it was given a spare, or the engine may have kept it. */
export type Origin = 'none' | 'spare' | 'kept';

/** Gives the sandbox a container that runs. Rejects with Failure for one that ends at once, and as the engine does. */
export async function runContainer(
  lifecycle: Lifecycle,
  box: BoxRecord,
  origin: Origin,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = lifecycle;
  const name = containerName(box.id);
  if (origin === 'spare' && (await isSpareAlive(lifecycle, name, signal))) return;
  const kept = origin === 'kept' ? await keptContainer(lifecycle, box, signal) : undefined;
  try {
    if (kept) await startKept(lifecycle, box, kept, signal);
    else await startNew(lifecycle, box, signal);
  } catch (error) {
    // One that never ran holds nothing of the user's.
    if (!kept) await cleanUp(lifecycle, name, (limit) => engine.removeContainer(name, limit));
    throw error;
  }
}

/** Nothing that was found in one before it holds for it. */
async function startNew(lifecycle: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<void> {
  forgetShells(lifecycle, containerName(box.id));
  await createBoxContainer(lifecycle, box.id, box, signal);
  await start(lifecycle, box, signal);
}

/** Its limits may have been changed since it was made, and an older server may have made it. */
async function startKept(
  lifecycle: Lifecycle,
  box: BoxRecord,
  { state }: EngineContainer,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = lifecycle;
  const name = containerName(box.id);
  await engine.layProgram(name, 'leader', signal);
  if (state === 'paused') {
    await renewLimits(lifecycle, box, signal);
    await engine.unpauseContainer(name, signal);
    await refuseEnded(lifecycle, box, signal);
  } else if (state === 'running' || engine.info.changesLimitsOfStopped) {
    await renewLimits(lifecycle, box, signal);
    await start(lifecycle, box, signal);
  } else {
    await startThenRenew(lifecycle, box, signal);
  }
}

/** Without its limits it is not to run on. */
async function startThenRenew(lifecycle: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<void> {
  const name = containerName(box.id);
  try {
    await start(lifecycle, box, signal);
    await renewLimits(lifecycle, box, signal);
  } catch (error) {
    await cleanUp(lifecycle, name, (limit) => lifecycle.engine.stopContainer(name, 0, limit));
    throw error;
  }
}

async function start(lifecycle: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<void> {
  await lifecycle.engine.startContainer(containerName(box.id), signal);
  await refuseEnded(lifecycle, box, signal);
}

async function refuseEnded(
  { engine }: Lifecycle,
  { id, name }: BoxRecord,
  signal: AbortSignal,
): Promise<void> {
  if ((await engine.inspectContainer(containerName(id), signal))?.state === 'running') return;
  throw new Failure(422, 'CrashLoop', `The container of sandbox ${name} ended at once.`);
}

async function renewLimits({ engine }: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<void> {
  if (engine.info.changesLimits) await engine.changeLimits(containerName(box.id), limitsOf(box), signal);
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

/** What fails stands in the log. */
async function cleanUp(
  { log }: Lifecycle,
  container: string,
  act: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  try {
    await act(AbortSignal.timeout(cleanUpLimitMs));
  } catch (error) {
    log.error(`could not clean up the container ${container}: ${String(error)}`);
  }
}
