import { z } from 'zod';
import { fitsCpus, memoryBoundsFor } from '../../api/wire/memory-per-cpu';
import { proxyConfigShape } from '../proxy/config-shape';
import { cloudOnlyFields } from './cloud-only';
import { isResourceName, resourceNameRule } from '../resource-name';
import { envVars, gibibyte, labels, optional, runConfig } from './fields';

/** Docker's own floor for a container's memory. */
const leastMemory = 6 * 1024 * 1024;
const mostMemory = 64 * gibibyte;
const leastMillicores = 50;
const mostMillicores = 16_000;
/** Of any sandbox; `refuseLargeCapacity` knows what each may have. */
const mostCapacity = 256 * gibibyte;
const mostDeleteAfterStop = 2_592_000;
const mostWaitSeconds = 3600;

const seconds = (field: string, most: number) =>
  z
    .int()
    .refine(
      (value) => value >= 0 && value <= most && value % 60 === 0,
      `${field} must be 0 (never) or a multiple of 60${most < Number.MAX_SAFE_INTEGER ? `, at most ${most}` : ''}.`,
    );

const idleTtl = seconds('idle_ttl_seconds', Number.MAX_SAFE_INTEGER);
const deleteAfterStop = seconds('delete_after_stop_seconds', mostDeleteAfterStop);
const boxName = z.string().refine(isResourceName, resourceNameRule);

const resources = {
  vcpus: optional(z.int().min(1).max(16)),
  cpu_millicores: optional(z.int().min(leastMillicores).max(mostMillicores)),
  mem_bytes: optional(z.int().min(leastMemory).max(mostMemory)),
  fs_capacity_bytes: optional(z.int().positive().max(mostCapacity)),
};

export const createBoxShape = z
  .looseObject({
    proxy_config: optional(proxyConfigShape),
    name: optional(boxName),
    wait_for_ready: optional(z.boolean()),
    timeout: optional(z.number().positive().max(mostWaitSeconds)),
    snapshot_id: optional(z.string()),
    snapshot: optional(z.string()),
    snapshot_name: optional(z.string()),
    idle_ttl_seconds: optional(idleTtl),
    delete_after_stop_seconds: optional(deleteAfterStop),
    ...resources,
    labels: optional(labels),
    env_vars: optional(envVars),
    run_config: optional(runConfig),
    persistent: optional(z.boolean()),
    preserve_memory_on_stop: optional(z.boolean()),
    restore_memory: optional(
      z.literal(false, 'restore_memory can not be true: no snapshot of the local server holds memory.'),
    ),
    ...cloudOnlyFields,
  })
  .refine((request) => !(request.persistent === false && request.preserve_memory_on_stop), {
    path: ['preserve_memory_on_stop'],
    error: 'A sandbox that is not persistent keeps nothing at a stop. Leave preserve_memory_on_stop out.',
  })
  .refine(({ snapshot_id, snapshot, snapshot_name }) => given([snapshot_id, snapshot, snapshot_name]) <= 1, {
    path: ['snapshot_id'],
    error: 'Give one of snapshot_id, snapshot and snapshot_name, not several.',
  })
  .superRefine(refuseUnevenMemory);

export const patchBoxShape = z.looseObject({
  proxy_config: optional(proxyConfigShape),
  name: optional(boxName),
  idle_ttl_seconds: optional(idleTtl),
  delete_after_stop_seconds: optional(deleteAfterStop),
  run_config: optional(runConfig),
  ...resources,
  tag_value_ids: cloudOnlyFields.tag_value_ids,
});

interface CpuAndMemory {
  vcpus?: number;
  cpu_millicores?: number;
  mem_bytes?: number;
}

/** Of a creation only: a change is bound by no ratio on the wire. */
function refuseUnevenMemory(
  { vcpus, cpu_millicores, mem_bytes }: CpuAndMemory,
  context: z.RefinementCtx,
): void {
  const millicores = cpu_millicores ?? (vcpus ?? 0) * 1000;
  const isKnown = millicores >= leastMillicores && millicores <= mostMillicores; // the field says it otherwise
  if (!isKnown || mem_bytes === undefined || fitsCpus(mem_bytes, millicores)) return;
  const { least, most } = memoryBoundsFor(millicores);
  const message = `mem_bytes must be from ${least} to ${most} with this many CPUs, or be left out.`;
  context.addIssue({ code: 'custom', path: ['mem_bytes'], message });
}

function given(values: unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}
