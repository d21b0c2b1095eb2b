import type { Connection } from './connection';
import type { ContainerLimits, EngineInfo } from './engine';
import { pathPart } from './http/http';
import { sendForNothing } from './http/json';

export function changeLimits(
  { http, info }: Connection,
  id: string,
  limits: ContainerLimits,
  signal: AbortSignal,
): Promise<void> {
  const path = `/containers/${pathPart(id)}/update`;
  return sendForNothing(http, { method: 'POST', path, json: resources(limits, info) }, signal);
}

/** Source: `Resources` of the Engine API. */
export function resources({ cpuMillicores, memoryBytes }: ContainerLimits, info: EngineInfo): object {
  if (!info.hasCgroups) return {}; // which may refuse them
  return {
    // The engine refuses more than it has.
    ...(cpuMillicores !== undefined && { NanoCpus: Math.min(cpuMillicores, info.cpus * 1000) * 1_000_000 }),
    // As much with swap as without: no swap.
    ...(memoryBytes !== undefined && { Memory: memoryBytes, MemorySwap: memoryBytes }),
  };
}
