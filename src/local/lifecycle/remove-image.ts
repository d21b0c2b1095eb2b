import { imageName } from './engine-names';
import type { Lifecycle } from './lifecycle';

const limitMs = 30_000;

/** Takes our image of a snapshot out of the engine. What fails is logged and left to the next sweep. Never rejects. */
export async function removeSnapshotImage(
  { engine, instance, log }: Lifecycle,
  snapshotId: string,
): Promise<void> {
  try {
    await engine.removeImage(imageName(instance, snapshotId), AbortSignal.timeout(limitMs));
  } catch (error) {
    log.error(`could not remove the image of snapshot ${snapshotId}: ${String(error)}`);
  }
}
