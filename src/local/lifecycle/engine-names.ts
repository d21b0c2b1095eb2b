/** How our things are called in the engine. From these names alone a new server knows what belongs to which row. */

export const instanceLabel = 'langsmith-sandboxes.instance';
export const boxLabel = 'langsmith-sandboxes.box';
export const snapshotLabel = 'langsmith-sandboxes.snapshot';

/** Images of every instance begin so. `localhost/`: Podman would prefix any other name. */
export const anyRepository = 'localhost/langsmith-sandboxes/';

export function repositoryOf(instance: string): string {
  return `${anyRepository}${instance}`;
}

export function imageName(instance: string, snapshotId: string): string {
  return `${repositoryOf(instance)}:${snapshotId}`;
}

/** Engines take a container's name wherever they take its id. */
export function containerName(boxId: string): string {
  return `langsmith-sandbox-${boxId}`;
}

export function containerLabels(instance: string, boxId: string): Record<string, string> {
  return { [instanceLabel]: instance, [boxLabel]: boxId };
}

/**
 * Of a captured image. Commit takes the container's labels over and containers inherit an image's:
 * emptied here, so that a container somebody runs from the image by hand is not taken for one of ours.
 */
export function capturedImageLabels(snapshotId: string): Record<string, string> {
  return { [instanceLabel]: '', [boxLabel]: '', [snapshotLabel]: snapshotId };
}

/**
 * While the image of a snapshot is flattened, the engine has two images and a container of each besides: the one of many
 * layers and the one of few. They belong to the task at `snapshotKey`, and to nobody once it has ended.
 */
export const scratchParts = ['deep', 'flat'] as const;
export type ScratchPart = (typeof scratchParts)[number];

export function scratchTag(snapshotId: string, part: ScratchPart): string {
  return `${snapshotId}-${part}`;
}

/** The snapshot whose image, or whose scratch image, has this tag. */
export function taggedSnapshot(tag: string): { snapshotId: string; isScratch: boolean } {
  const snapshotId = tag.replace(new RegExp(`-(?:${scratchParts.join('|')})$`), '');
  return { snapshotId, isScratch: snapshotId !== tag };
}

export function scratchContainerName(snapshotId: string, part: ScratchPart): string {
  return `langsmith-snapshot-${scratchTag(snapshotId, part)}`;
}

/** Of no sandbox, whatever the image says. */
export function scratchContainerLabels(instance: string, snapshotId: string): Record<string, string> {
  return { [instanceLabel]: instance, [boxLabel]: '', [snapshotLabel]: snapshotId };
}

/** Keys of `Tasks` and `Turns`. */
export const boxKey = (boxId: string): string => `box ${boxId}`;
export const snapshotKey = (snapshotId: string): string => `snapshot ${snapshotId}`;
export const imageKey = (reference: string): string => `image ${reference}`;
