import type { Engine, EngineContainer } from '../engine/engine';
import type { Log } from '../log';
import { allBoxes, updateBox, type BoxChanges, type BoxRecord } from '../store/boxes';
import type { Database } from '../store/database';
import { orAborted } from '../abort';
import { messageOf } from '../message-of';
import { boxKey, boxLabel, instanceLabel } from './engine-names';
import { createPauseSightings, type PauseSightings } from './pause-sightings';
import type { Turns } from './turns';

/** Brings the store's sandboxes into line with the engine: the truth about a container is what the engine says. */
export interface Observer {
  /**
   * Asks the engine, unless it is being asked or was less than a second ago. When the engine does not answer, the rows stay as
   * they were last known; that is logged, and `unreachable` tells it. That a sandbox is paused is believed when a look two
   * seconds later shows it as well.
   */
  refresh(signal: AbortSignal): Promise<void>;
  /**
   * The engine refused work in a sandbox: its last answer is no longer to be trusted. One look suffices to believe that
   * the sandbox is paused, if that is what it was refused for.
   */
  refused(boxId: string, forPause: boolean): void;
  /** Why the engine did not answer the last time; undefined when it did. */
  readonly unreachable: string | undefined;
}

const freshMs = 1000;
const listLimitMs = 3_000;

export interface ObserverDependencies {
  engine: Engine;
  database: Database;
  turns: Turns;
  instance: string;
  log: Log;
}

interface Look {
  /** Of `performance.now()`. */
  startedAt: number;
  isPending: boolean;
  done: Promise<void>;
}

export function createObserver(dependencies: ObserverDependencies): Observer {
  const { engine, instance, turns, log } = dependencies;
  const sightings = createPauseSightings(turns);
  let current: Look | undefined;
  let unreachable: string | undefined;

  const listed = async (): Promise<EngineContainer[] | undefined> => {
    const limit = AbortSignal.timeout(listLimitMs);
    try {
      const containers = await engine.listContainers(instanceLabel, instance, limit);
      unreachable = undefined;
      return containers;
    } catch (error) {
      unreachable = limit.aborted
        ? `It did not list its containers within ${listLimitMs / 1000} s.`
        : messageOf(error);
      log.error(`the container engine did not list its containers: ${unreachable}`);
      return undefined;
    }
  };
  const look = async (): Promise<void> => {
    const moment = turns.moment();
    const startedAt = performance.now();
    const containers = await listed();
    try {
      if (containers) applyTruth(dependencies, sightings, { containers, moment, startedAt });
    } catch (error) {
      log.error(`what the container engine told could not be written: ${String(error)}`);
    }
  };
  const begin = (): Look => {
    const started: Look = { startedAt: performance.now(), isPending: true, done: Promise.resolve() };
    started.done = look().finally(() => (started.isPending = false));
    return started;
  };
  const refresh = (signal: AbortSignal): Promise<void> => {
    if (!current || (!current.isPending && performance.now() - current.startedAt > freshMs))
      current = begin();
    return orAborted(current.done, signal);
  };
  return {
    refresh,
    refused: (boxId, forPause) => {
      current = undefined;
      if (forPause) sightings.refused(boxId);
    },
    get unreachable() {
      return unreachable;
    },
  };
}

interface Answer {
  containers: EngineContainer[];
  /** When it was asked for: of the turns, and of `performance.now()`. */
  moment: number;
  startedAt: number;
}

function applyTruth(
  { database, turns }: ObserverDependencies,
  sightings: PauseSightings,
  { containers, moment, startedAt }: Answer,
): void {
  const states = new Map(containers.map(({ labels, state }) => [labels[boxLabel] ?? '', state]));
  const paused = [...states].filter(([, state]) => state === 'paused').map(([id]) => id);
  const believed = sightings.seen(paused, moment, startedAt);
  for (const box of allBoxes(database)) {
    if (!turns.quietSince(boxKey(box.id), moment)) continue;
    const state = states.get(box.id);
    if (state === 'paused' && !believed.has(box.id)) continue;
    const changes = correction(box, state);
    if (changes) updateBox(database, box.id, changes);
  }
}

/** A stop that was cut off looks the same. */
const endedElsewhere = 'Its container ended while LangSmith Sandboxes was not looking.';

/** What has to change in a row that nobody is working on, given its container's state (undefined: there is none). */
export function correction(
  box: Pick<BoxRecord, 'status' | 'status_message'> &
    Partial<Pick<BoxRecord, 'persistent' | 'preserve_memory_on_stop'>>,
  state: EngineContainer['state'] | undefined,
): BoxChanges | undefined {
  if (box.status === 'deleting') return undefined;
  const wasCutOff = box.status === 'provisioning';
  switch (state) {
    case 'running':
      return box.status === 'ready' ? undefined : { status: 'ready', status_message: null, stopped_at: null };
    case 'paused':
      if (box.preserve_memory_on_stop) return box.status === 'stopped' ? undefined : stopped(endedElsewhere);
      return failed(box, 'Its container is paused in the engine. Unpause it there.');
    case 'created':
      if (box.status === 'ready') return stopped(endedElsewhere);
      return wasCutOff
        ? failed(box, 'The local server stopped while this sandbox was being created. Start it to try again.')
        : undefined;
    case 'exited':
      if (box.status === 'ready') return stopped(endedElsewhere);
      return wasCutOff ? stopped('The local server stopped while this sandbox was starting.') : undefined;
    case undefined:
      if (box.persistent === false && !wasCutOff && box.status !== 'failed') {
        return box.status === 'stopped' ? undefined : stopped(endedElsewhere);
      }
      return box.status === 'failed'
        ? undefined
        : failed(
            box,
            wasCutOff
              ? 'The local server stopped while this sandbox was being created. Start it to try again.'
              : 'Its container was removed from the engine, and its files with it. ' +
                  'Starting it makes a new one from the snapshot.',
          );
  }
}

function stopped(reason: string): BoxChanges {
  return { status: 'stopped', status_message: reason, stopped_at: new Date().toISOString() };
}

function failed(box: Pick<BoxRecord, 'status_message' | 'status'>, reason: string): BoxChanges | undefined {
  if (box.status === 'failed' && box.status_message === reason) return undefined;
  return { status: 'failed', status_message: reason, stopped_at: null };
}
