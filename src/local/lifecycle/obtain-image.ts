import type { EngineImage, PullProgress, RegistryAuth } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { fullReference, type ImageReference } from '../image-reference';
import { recordBorrowedName, recordPulledImage } from '../store/borrowed-names';
import { imageKey, repositoryOf } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { returnBorrowedName } from './return-borrowed-name';

export interface ImageOrder {
  snapshotId: string;
  /** As the user gave it: an image of this name that is only in the engine will do. Absent: it has to be pulled. */
  localName?: string;
  /** What to pull: complete, on the registry's host. */
  reference: ImageReference;
  auth?: RegistryAuth;
  /** Called with what the build is doing. */
  report: (step: string) => void;
}

export interface ObtainedImage {
  image: EngineImage;
  /** What the user should know about where it came from. */
  note?: string;
}

/** Others may drop a name between our pull and our tag; then it is pulled again, at most so often. */
const attempts = 3;
const inspectLimitMs = 30_000;

/**
 * Makes the engine hold the image under our own name for this snapshot, and leaves its public name as it was.
 * An image that no registry knows (built here, or imported) is used as it is; all others are pulled.
 * Takes the turn at the image before a build slot: builds of one slow image hold one slot.
 * Rejects with EngineError or the signal's reason; the public name is put back in any case.
 */
export function obtainImage(
  lifecycle: Lifecycle,
  order: ImageOrder,
  signal: AbortSignal,
): Promise<ObtainedImage> {
  const full = fullReference(order.reference);
  const obtain = async (): Promise<ObtainedImage> => {
    const local = await localOnly(lifecycle, order.localName, signal);
    if (local) {
      await adopt(lifecycle, local, order.snapshotId, signal);
      return { image: local };
    }
    try {
      return await pullAndAdopt(lifecycle, order, full, signal);
    } finally {
      await returnBorrowedName(lifecycle, full);
    }
  };
  return lifecycle.turns.run(imageKey(full), signal, () => lifecycle.buildSlots.run(signal, obtain));
}

async function localOnly(
  { engine }: Lifecycle,
  name: string | undefined,
  signal: AbortSignal,
): Promise<EngineImage | undefined> {
  const image = name === undefined ? undefined : await engine.inspectImage(name, signal);
  return image && image.digest === undefined ? image : undefined;
}

async function pullAndAdopt(
  lifecycle: Lifecycle,
  order: ImageOrder,
  full: string,
  signal: AbortSignal,
): Promise<ObtainedImage> {
  await returnBorrowedName(lifecycle, full, signal); // what an earlier server left undone
  for (let attempt = 1; ; attempt += 1) {
    const before = await lifecycle.engine.inspectImage(full, signal);
    recordBorrowedName(lifecycle.database, {
      reference: full,
      snapshot_id: order.snapshotId,
      previous_image_id: before?.id ?? null,
    });
    const note = await pull(lifecycle, order, full, before !== undefined, signal);
    const image = await pulledImage(lifecycle, full);
    order.report('storing the image');
    try {
      if (!image) throw new EngineError('not-found', `The engine no longer has ${full}.`);
      await adopt(lifecycle, image, order.snapshotId, signal);
      return { image, note };
    } catch (error) {
      const isGone = error instanceof EngineError && error.kind === 'not-found';
      if (!isGone || attempt === attempts) throw error;
    }
  }
}

/** Looked up and written down whatever happened to the build meanwhile: the name has to be put back. */
async function pulledImage({ engine, database }: Lifecycle, full: string): Promise<EngineImage | undefined> {
  const image = await engine.inspectImage(full, AbortSignal.timeout(inspectLimitMs));
  if (image) recordPulledImage(database, full, image.id);
  return image;
}

/** Gives a note when the engine's copy has to do. */
async function pull(
  { engine }: Lifecycle,
  order: ImageOrder,
  full: string,
  isThere: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  order.report('pulling');
  const onProgress = ({ layersDone, layersTotal }: PullProgress): void => {
    if (layersTotal > 0)
      order.report(`pulling layer ${Math.min(layersDone + 1, layersTotal)} of ${layersTotal}`);
  };
  try {
    await engine.pullImage(full, { auth: order.auth, onProgress, signal });
    return undefined;
  } catch (error) {
    const reason = reasonForCopy(error, order.reference.host);
    if (!reason || !isThere || order.localName === undefined) throw error;
    return `${reason}: built from the copy of the image that the engine had.`;
  }
}

/** When the engine's copy will do: not where the registry refused, which could hide that the image is not for everybody. */
function reasonForCopy(error: unknown, host: string): string | undefined {
  if (!(error instanceof EngineError)) return undefined;
  if (error.kind === 'registry-unreachable') return `${host} can't be reached`;
  return error.kind === 'image-not-found' ? `${host} does not have it` : undefined;
}

/** Without its volumes where the engine can: else it is flattened (flatten.ts). */
async function adopt(
  { engine, instance }: Lifecycle,
  { id, volumes }: EngineImage,
  snapshotId: string,
  signal: AbortSignal,
): Promise<void> {
  const repository = repositoryOf(instance);
  if (volumes.length === 0) return engine.tagImage(id, repository, snapshotId, signal);
  try {
    await engine.tagWithoutVolumes(id, repository, snapshotId, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'other') throw error;
    await engine.tagImage(id, repository, snapshotId, signal);
  }
}
