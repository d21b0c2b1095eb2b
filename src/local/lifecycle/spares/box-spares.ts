import { randomUUID } from 'node:crypto';
import { findSnapshot } from '../../store/snapshots';
import { settlesWithin } from '../../abort';
import { createBoxContainer, type ContainerMake } from '../box-container';
import { containerName } from '../engine-names';
import type { Lifecycle } from '../lifecycle';

/**
 * Containers that run already and wait for sandboxes to come. Each was made for the id of a sandbox that there may be
 * once: one who creates a sandbox of the same make takes that id for it, and from then on nothing tells it from others.
 * Until then no row has it, so it is in no list, and a server that comes after a crash removes it as it does all strays.
 */
export interface BoxSpares {
  /** The id of a spare of this make. It is the caller's, who writes the sandbox's row before anything else happens. */
  claim(make: ContainerMake): string | undefined;
  /** Sandboxes of this make are in use: there should be a spare for the next one. */
  prepare(make: ContainerMake): void;
  /** A sandbox boots, which is not to be slowed down: no spare is begun until the given function is called. */
  standBack(): () => void;
  has(boxId: string): boolean;
  /** Removes those of a snapshot that takes no more sandboxes. Resolves when none of them needs its image. */
  drop(snapshotId: string): Promise<void>;
  /** Removes all, within a bounded time. */
  close(): Promise<void>;
}

/** Each takes a few megabytes while it waits. */
const mostSpares = 3;
const idleMs = 5 * 60_000;
/** After a boot its owner has the engine first. */
const settleMs = 250;
const makeLimitMs = 60_000;
const removeLimitMs = 30_000;
const closeLimitMs = 8_000;

interface Spare {
  id: string;
  make: ContainerMake;
  /** Resolves, either way, when nothing more is asked of the engine to make it. */
  made: Promise<void>;
  isReady: boolean;
  idle: NodeJS.Timeout;
  gone?: Promise<void>;
}

export function createBoxSpares(
  dependencies: Pick<Lifecycle, 'engine' | 'database' | 'instance' | 'log'>,
): BoxSpares {
  const { engine, database, log } = dependencies;
  /** In the order they were made. */
  const spares = new Map<string, Spare>();
  const wanted = new Map<string, ContainerMake>();
  let boots = 0;
  let isMaking = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const ofMake = (make: ContainerMake): Spare | undefined =>
    [...spares.values()].find((spare) => !spare.gone && keyOf(spare.make) === keyOf(make));

  const claim = (make: ContainerMake): string | undefined => {
    const spare = ofMake(make);
    if (!spare?.isReady) return undefined;
    clearTimeout(spare.idle);
    spares.delete(spare.id);
    return spare.id;
  };
  const prepare = (make: ContainerMake): void => {
    const { snapshot_id, cpu_millicores, mem_bytes } = make; // a sandbox has more, which is nobody's business here
    const spare = ofMake(make);
    if (spare) spare.idle.refresh();
    else if (!isClosed) wanted.set(keyOf(make), { snapshot_id, cpu_millicores, mem_bytes });
    schedule();
  };
  const standBack = (): (() => void) => {
    boots += 1;
    clearTimeout(timer);
    return () => {
      boots -= 1;
      schedule();
    };
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (boots === 0 && !isMaking && wanted.size > 0) timer = setTimeout(() => void next(), settleMs).unref();
  };
  const next = async (): Promise<void> => {
    const [make] = wanted.values();
    if (!make) return;
    wanted.delete(keyOf(make));
    // Looked at in the same breath as it is begun: a snapshot that is deleted later finds the spare.
    if (findSnapshot(database, make.snapshot_id)?.status === 'ready') {
      isMaking = true;
      const { made } = begin(make);
      const [oldest, ...others] = [...spares.values()].filter(({ gone }) => !gone);
      if (oldest && others.length >= mostSpares) void discard(oldest);
      await made;
      isMaking = false;
    }
    schedule();
  };
  const begin = (make: ContainerMake): Spare => {
    const id = randomUUID();
    const idle = setTimeout(() => void discard(spare), idleMs).unref();
    const spare: Spare = { id, make, isReady: false, idle, made: Promise.resolve() };
    spares.set(id, spare);
    const limit = AbortSignal.timeout(makeLimitMs);
    spare.made = createBoxContainer(dependencies, id, make, limit)
      .then(() => engine.startContainer(containerName(id), limit))
      .then(() => void (spare.isReady = true))
      .catch((error: unknown) => {
        log.info(`no spare for snapshot ${make.snapshot_id}: ${String(error)}`);
        void discard(spare);
      });
    return spare;
  };
  const discard = (spare: Spare): Promise<void> => (spare.gone ??= remove(spare));
  /** What fails is left to the next sweep. */
  const remove = async ({ id, idle, made }: Spare): Promise<void> => {
    clearTimeout(idle);
    try {
      await made;
      await engine.removeContainer(containerName(id), AbortSignal.timeout(removeLimitMs));
    } catch (error) {
      log.error(`could not remove the spare ${containerName(id)}: ${String(error)}`);
    }
    spares.delete(id);
  };
  const drop = async (snapshotId: string): Promise<void> => {
    for (const [key, { snapshot_id }] of wanted) if (snapshot_id === snapshotId) wanted.delete(key);
    const those = [...spares.values()].filter(({ make }) => make.snapshot_id === snapshotId);
    await Promise.all(those.map(discard));
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    wanted.clear();
    clearTimeout(timer);
    await settlesWithin(Promise.all([...spares.values()].map(discard)), closeLimitMs);
  };
  return { claim, prepare, standBack, has: (boxId) => spares.has(boxId), drop, close };
}

function keyOf({ snapshot_id, cpu_millicores, mem_bytes }: ContainerMake): string {
  return JSON.stringify([snapshot_id, cpu_millicores, mem_bytes]);
}
