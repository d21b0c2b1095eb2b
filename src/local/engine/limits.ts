import type { Connection } from './connection';
import type { ContainerLimits, EngineInfo } from './engine';
import { pathPart } from './http/http';
import { sendForNothing } from './http/json';

export async function changeLimits(
  { updates, dialect, info }: Connection,
  id: string,
  limits: ContainerLimits,
  signal: AbortSignal,
): Promise<void> {
  const known = keptLimits(limits, info);
  if (Object.values(known).every((limit) => limit === undefined)) return;
  const path = `/containers/${pathPart(id)}/update`;
  await sendForNothing(updates, { method: 'POST', path, json: dialect.changedLimits(known) }, signal);
}

/** As much of them as the engine takes: none without control groups, and no more CPUs than it has. */
export function keptLimits(
  { cpuMillicores, memoryBytes }: ContainerLimits,
  info: EngineInfo,
): ContainerLimits {
  if (!info.hasCgroups) return {};
  return {
    cpuMillicores: cpuMillicores === undefined ? undefined : Math.min(cpuMillicores, info.cpus * 1000),
    memoryBytes,
  };
}

/** Source: `Resources` of the Engine API. As much memory with swap as without: no swap. */
export function resources({ cpuMillicores, memoryBytes }: ContainerLimits): object {
  return {
    ...(cpuMillicores !== undefined && { NanoCpus: cpuMillicores * 1_000_000 }),
    ...(memoryBytes !== undefined && { Memory: memoryBytes, MemorySwap: memoryBytes }),
  };
}
