import type { ContainerLimits } from '../engine/engine';
import type { BoxRecord } from '../store/boxes';
import { containerLabels, containerName, imageName } from './engine-names';
import type { Lifecycle } from './lifecycle';

/** What of a sandbox its container is made from: containers of one make differ by their names alone. */
export type ContainerMake = Pick<BoxRecord, 'snapshot_id' | 'cpu_millicores' | 'mem_bytes'>;

/** Creates the container of a sandbox, not started. Rejects as `Engine.createContainer` does. */
export async function createBoxContainer(
  { engine, instance }: Pick<Lifecycle, 'engine' | 'instance'>,
  boxId: string,
  make: ContainerMake,
  signal: AbortSignal,
): Promise<void> {
  await engine.createContainer(
    {
      name: containerName(boxId),
      image: imageName(instance, make.snapshot_id),
      labels: containerLabels(instance, boxId),
      // What a sandbox's owner sets goes to each command instead: here, captures would keep it.
      env: {},
      ...limitsOf(make),
    },
    signal,
  );
}

export function limitsOf({ cpu_millicores, mem_bytes }: ContainerMake): ContainerLimits {
  return { cpuMillicores: cpu_millicores ?? undefined, memoryBytes: mem_bytes ?? undefined };
}
