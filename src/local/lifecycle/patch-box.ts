import type { RunConfig } from '../../api/types';
import { conflict, Failure, invalidField } from '../failure';
import type { AskedProxyConfig } from '../proxy/config-shape';
import { keepProxyConfig } from '../proxy/kept-config';
import { findBox, updateBox, type BoxRecord } from '../store/boxes';
import { findSnapshot } from '../store/snapshots';
import { refuseLargeCapacity } from './capacity';
import { storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';
import { overlay } from './run-config';

export interface BoxPatch {
  name?: string;
  /** From the last use, whenever that was. */
  idle_ttl_seconds?: number;
  /** From `stopped_at`: of a stopped sandbox the deadline moves. */
  delete_after_stop_seconds?: number;
  /** Merged; affects later commands only. */
  run_config?: RunConfig;
  /** Replaces the whole of it, except that an opaque value left out stays. ASSUMED: in any state of the sandbox. */
  proxy_config?: AskedProxyConfig;
  /** Resources apply at the next start. */
  vcpus?: number;
  cpu_millicores?: number;
  mem_bytes?: number;
  fs_capacity_bytes?: number;
}

/**
 * Throws 404, 409 for a name that is taken, 422 for a capacity below the snapshot's or beyond the wire's and for a secret that is neither
 * given nor stored, and 501 for other limits where the engine can't change them: its files could be kept only by leaving
 * the limits as they are. A sandbox that keeps no files gets a new container, and with it the limits, once it is stopped.
 */
export function patchBox(lifecycle: Lifecycle, idOrName: string, patch: BoxPatch): BoxRecord {
  const { database } = lifecycle;
  const box = storedBox({ database }, idOrName);
  const holder = patch.name === undefined ? undefined : findBox(database, patch.name);
  if (holder && holder.id !== box.id)
    throw conflict(`There is already a sandbox ${holder.name}. Choose another name.`);
  refuseFixedLimits(lifecycle, box, patch);
  refuseSmallCapacity(lifecycle, box, patch.fs_capacity_bytes);
  refuseLargeCapacity({ ...box, ...cpuFields(patch) }, patch.fs_capacity_bytes);
  const { run_config, proxy_config, ...changes } = patch;
  const keeper = { sealKey: lifecycle.sealKey, boxId: box.id, stored: box.proxy_secrets };
  updateBox(database, box.id, {
    ...changes,
    ...(proxy_config && keepProxyConfig(keeper, proxy_config)),
    ...cpuFields(patch),
    run_config: run_config && overlay(box.run_config, run_config),
  });
  return storedBox({ database }, box.id);
}

/** `cpu_millicores` wins over `vcpus`. Without either, nothing. */
export function cpuFields(
  request: Pick<BoxPatch, 'vcpus' | 'cpu_millicores'>,
): Partial<Pick<BoxRecord, 'vcpus' | 'cpu_millicores'>> {
  const { vcpus, cpu_millicores } = request;
  if (vcpus === undefined && cpu_millicores === undefined) return {};
  return { vcpus: vcpus ?? null, cpu_millicores: cpu_millicores ?? (vcpus ?? 0) * 1000 };
}

function refuseFixedLimits({ engine }: Lifecycle, { persistent, status }: BoxRecord, patch: BoxPatch): void {
  const { vcpus, cpu_millicores, mem_bytes } = patch;
  const asksForLimits = [vcpus, cpu_millicores, mem_bytes].some((limit) => limit !== undefined);
  const hasContainer = persistent || (status !== 'stopped' && status !== 'failed');
  if (!asksForLimits || engine.info.changesLimits || !hasContainer) return;
  throw new Failure(
    501,
    'NotImplemented',
    `This container engine (${engine.info.product}) can not change the CPU or memory of a sandbox that exists; Docker and Podman 4.3 can. ` +
      (persistent
        ? 'Capture it, and create another one with these limits from the snapshot.'
        : 'Stop this one first: it keeps no files, and starts with new limits.'),
  );
}

function refuseSmallCapacity({ database }: Lifecycle, box: BoxRecord, capacity: number | undefined): void {
  const least = findSnapshot(database, box.snapshot_id)?.fs_capacity_bytes ?? 0;
  if (capacity === undefined || capacity >= least) return;
  throw invalidField(
    'fs_capacity_bytes',
    `fs_capacity_bytes must be at least ${least}, the capacity of the snapshot.`,
  );
}
