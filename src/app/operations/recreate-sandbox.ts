import type { Box, CreateBoxRequest } from '../../api/types';
import { fitsCpus } from '../../api/wire/memory-per-cpu';
import type { Outcome, Run } from '../outcome';
import type { Session } from '../session';
import { createSandbox } from './create-sandbox';
import { forceDeleteSandbox } from './force-delete';

/**
 * Deletes a sandbox and boots another of its name and settings from its snapshot. Its files go. When the deletion fails,
 * nothing is created.
 */
export async function recreateSandbox(
  session: Session,
  box: Box & { readonly snapshot_id: string },
  run: Run,
): Promise<Outcome<Box, Box>> {
  const deleted = await forceDeleteSandbox(session, box, run);
  return deleted.kind === 'done' ? createSandbox(session, settingsOf(box), run) : deleted;
}

/** Whether its memory is one that no creation may name beside its CPUs: it was changed later, or carried by a snapshot. */
export function losesMemory({ cpu_millicores, vcpus, mem_bytes }: Box): boolean {
  const millicores = cpu_millicores ?? (vcpus ?? 0) * 1000;
  return Boolean(millicores && mem_bytes && !fitsCpus(mem_bytes, millicores));
}

/** As far as the API tells them: secrets of a `proxy_config` can't be read, and what is mounted is not carried over. */
function settingsOf(box: Box & { readonly snapshot_id: string }): CreateBoxRequest {
  const settings: Record<string, unknown> = {
    name: box.name,
    snapshot_id: box.snapshot_id,
    idle_ttl_seconds: box.idle_ttl_seconds,
    delete_after_stop_seconds: box.delete_after_stop_seconds,
    vcpus: box.cpu_millicores ? undefined : box.vcpus,
    cpu_millicores: box.cpu_millicores,
    mem_bytes: losesMemory(box) ? undefined : box.mem_bytes,
    fs_capacity_bytes: box.fs_capacity_bytes,
    persistent: box.persistent,
    preserve_memory_on_stop: box.preserve_memory_on_stop,
    labels: box.labels,
    run_config: box.run_config,
  };
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined && value !== null),
  );
}
