import { EngineError } from '../engine/engine-error';
import { isRefusedForPause } from '../engine/pause-news';
import { Failure } from '../failure';
import type { BoxRecord } from '../store/boxes';
import { orAborted, within } from '../abort';
import { bootLimitMs, restart } from './boot';
import { boxKey } from './engine-names';
import { getBox, storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';

/**
 * Does work in a running sandbox, starting it first when it is stopped; it counts as in use until the work is done. When
 * the engine turns out to have it stopped or paused, nothing was done yet, and the work is done once more after a
 * start. So `work` must turn an engine's `not-found` of a path into a Failure. Throws 404, and 400 `NotReady` for a
 * sandbox that failed, or that somebody stopped while the work was on its way: what was asked before must not undo it.
 */
export async function withRunningBox<T>(
  lifecycle: Lifecycle,
  idOrName: string,
  signal: AbortSignal,
  work: (box: BoxRecord) => Promise<T>,
): Promise<T> {
  const stored = storedBox(lifecycle, idOrName);
  const release = lifecycle.activity.hold(stored.id);
  try {
    return await workAwake(lifecycle, stored, signal, work);
  } finally {
    release();
  }
}

async function workAwake<T>(
  lifecycle: Lifecycle,
  stored: BoxRecord,
  signal: AbortSignal,
  work: (box: BoxRecord) => Promise<T>,
): Promise<T> {
  const box = await awake(lifecycle, stored, signal);
  try {
    return await work(box);
  } catch (error) {
    if (error instanceof EngineError) refuseDeleted(lifecycle, box.id);
    if (!isNotRunning(error)) throw error;
    await lifecycle.turns.run(boxKey(box.id), signal, () => Promise.resolve());
    refuseStopped(lifecycle, box.id);
    lifecycle.observer.refused(box.id, isRefusedForPause(error));
    const again = await awake(lifecycle, await getBox(lifecycle, box.id, signal), signal);
    return work(again).catch((refusal: unknown) => {
      throw isNotRunning(refusal) ? contradicted(box.name, refusal) : refusal;
    });
  }
}

/** Throws 400 `NotReady` for one that a call has stopped; a stop that nobody asked for leaves its reason. */
function refuseStopped(lifecycle: Lifecycle, boxId: string): void {
  const { name, status, status_message } = storedBox(lifecycle, boxId);
  if (status !== 'stopped' || status_message !== null) return;
  throw notReady(`Sandbox ${name} was stopped meanwhile. Ask again to start it.`);
}

/** Throws 404 for a sandbox that was deleted meanwhile, and 400 `NotReady` for one that is being deleted. */
export function refuseDeleted(lifecycle: Pick<Lifecycle, 'database'>, boxId: string): void {
  const { status, name } = storedBox(lifecycle, boxId);
  if (status === 'deleting') throw beingDeleted(name);
}

async function awake(lifecycle: Lifecycle, box: BoxRecord, signal: AbortSignal): Promise<BoxRecord> {
  switch (box.status) {
    case 'ready':
      return box;
    case 'stopped':
      restart(lifecycle, box);
      return afterBoot(lifecycle, box, signal);
    case 'provisioning':
      return afterBoot(lifecycle, box, signal);
    case 'failed':
      throw notReady(box.status_message ?? `Sandbox ${box.name} failed.`);
    case 'deleting':
      throw beingDeleted(box.name);
  }
}

async function afterBoot(lifecycle: Lifecycle, { id }: BoxRecord, signal: AbortSignal): Promise<BoxRecord> {
  await orAborted(lifecycle.tasks.ended(boxKey(id)), within(bootLimitMs, signal));
  const box = storedBox(lifecycle, id);
  if (box.status === 'ready') return box;
  throw notReady(box.status_message ?? `Sandbox ${box.name} is ${box.status}.`);
}

/** Seen of a Docker whose disk is full: it lists a container as running, and says of any work in it that it isn't. */
function contradicted(name: string, { message }: EngineError): Failure {
  return notReady(
    `The container engine says that sandbox ${name} runs, and refuses to work in it: ${message.replace(/[.]?$/, '.')} ` +
      "Look whether the engine's disk is full; then stop the sandbox and try again.",
  );
}

function isNotRunning(error: unknown): error is EngineError {
  return error instanceof EngineError && (error.kind === 'conflict' || error.kind === 'not-found');
}

function beingDeleted(name: string): Failure {
  return notReady(`Sandbox ${name} is being deleted.`);
}

function notReady(message: string): Failure {
  return new Failure(400, 'NotReady', message);
}
