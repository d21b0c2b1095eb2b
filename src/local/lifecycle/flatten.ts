import type { CommitSpec, EngineImage } from '../engine/engine';
import { updateSnapshot } from '../store/snapshots';
import { depthOf } from './depth';
import {
  capturedImageLabels,
  imageName,
  repositoryOf,
  scratchContainerLabels,
  scratchContainerName,
  scratchParts,
  scratchTag,
  type ScratchPart,
} from './engine-names';
import type { Lifecycle } from './lifecycle';
import { wasDeleted } from './tasks';

const commitLimitMs = 10 * 60_000;
const createLimitMs = 120_000;
const cleanUpLimitMs = 60_000;

/**
 * Gives a snapshot's image few layers, if it has so many that captures of captures would come to an end. Files,
 * configuration and name stay. What fails is logged: the image then stays as it was. Rejects only when the snapshot
 * is being deleted. Needs as much room in the engine again, for a while.
 */
export function flattenIfDeep(lifecycle: Lifecycle, snapshotId: string, signal: AbortSignal): Promise<void> {
  return renew(lifecycle, snapshotId, signal, async (image) => {
    if (depthOf(image.layerCount, lifecycle.depthLimits) === 'shallow') return;
    tell(lifecycle, snapshotId, `flattening its ${image.layerCount} layers`);
    await lifecycle.buildSlots.run(signal, () => flatten(lifecycle, snapshotId, image, signal));
  });
}

/**
 * Takes the volumes off a snapshot's image, if it still has any, so that captures hold what is written there. For one
 * that is built: what a captured one lacks is not there any more. Else as `flattenIfDeep`.
 */
export function flattenIfVolumes(
  lifecycle: Lifecycle,
  snapshotId: string,
  signal: AbortSignal,
): Promise<void> {
  return renew(lifecycle, snapshotId, signal, async (image) => {
    if (image.volumes.length === 0) return;
    tell(lifecycle, snapshotId, `storing it without its volumes ${image.volumes.join(', ')}`);
    const bare = { ...image, volumes: [] };
    await lifecycle.buildSlots.run(signal, () => flatten(lifecycle, snapshotId, bare, signal));
  });
}

async function renew(
  { engine, instance, log }: Lifecycle,
  snapshotId: string,
  signal: AbortSignal,
  work: (image: EngineImage) => Promise<void>,
): Promise<void> {
  try {
    const image = await engine.inspectImage(imageName(instance, snapshotId), signal);
    if (image) await work(image);
  } catch (error) {
    if (wasDeleted(signal)) throw error;
    log.error(`could not flatten the image of snapshot ${snapshotId}: ${String(error)}`);
  }
}

function tell({ database }: Lifecycle, snapshotId: string, message: string): void {
  updateSnapshot(database, snapshotId, { status_message: message });
}

/**
 * From containers that never run, so that nothing of a sandbox is paused meanwhile. All that is made on the way has
 * names that tell a later server what it was: see `scratchTag`. Of its steps only the long one is aborted: what the
 * engine had begun to make could appear once everything is tidied up.
 */
async function flatten(
  lifecycle: Lifecycle,
  snapshotId: string,
  image: EngineImage,
  signal: AbortSignal,
): Promise<void> {
  const { engine, instance } = lifecycle;
  const repository = repositoryOf(instance);
  const [deep, flat] = [scratchTag(snapshotId, 'deep'), scratchTag(snapshotId, 'flat')];
  try {
    // Under a name that it keeps when its own one moves on: an image without a name would be nobody's.
    await engine.tagImage(image.id, repository, deep, AbortSignal.timeout(createLimitMs));
    const source = await scratchContainer(lifecycle, snapshotId, 'deep');
    await engine.importContainer(source, repository, flat, signal);
    const target = await scratchContainer(lifecycle, snapshotId, 'flat');
    signal.throwIfAborted();
    await engine.commitContainer(
      target,
      configuration(repository, snapshotId, image),
      AbortSignal.timeout(commitLimitMs),
    );
  } finally {
    await cleanUp(lifecycle, snapshotId);
  }
}

function scratchContainer(
  { engine, instance }: Lifecycle,
  snapshotId: string,
  part: ScratchPart,
): Promise<string> {
  const spec = {
    name: scratchContainerName(snapshotId, part),
    image: `${repositoryOf(instance)}:${scratchTag(snapshotId, part)}`,
    labels: scratchContainerLabels(instance, snapshotId),
    env: {},
  };
  return engine.createContainer(spec, AbortSignal.timeout(createLimitMs));
}

function configuration(repository: string, tag: string, image: EngineImage): CommitSpec {
  const { env, user, workDir, entrypoint, cmd, exposedPorts, volumes } = image;
  const labels = { ...image.labels, ...capturedImageLabels(tag) };
  return { repository, tag, labels, env, user, workDir, entrypoint, cmd, exposedPorts, volumes };
}

/** What fails is left to the next sweep. */
async function cleanUp({ engine, instance, log }: Lifecycle, snapshotId: string): Promise<void> {
  const signal = AbortSignal.timeout(cleanUpLimitMs);
  const repository = repositoryOf(instance);
  try {
    for (const part of scratchParts)
      await engine.removeContainer(scratchContainerName(snapshotId, part), signal);
    for (const part of scratchParts)
      await engine.removeImage(`${repository}:${scratchTag(snapshotId, part)}`, signal);
  } catch (error) {
    log.error(`could not tidy up after the flattening of snapshot ${snapshotId}: ${String(error)}`);
  }
}
