import { randomBytes, randomUUID } from 'node:crypto';
import type { CreateBoxRequest } from '../../api/types';
import { conflict, Failure, invalidField } from '../failure';
import { findBox, insertBox, type BoxRecord } from '../store/boxes';
import { orAborted } from './abort';
import { startBoot } from './boot';
import { storedBox } from './find-box';
import { cpuFields } from './patch-box';
import { getBootableSnapshot } from './find-snapshot';
import type { Lifecycle } from './lifecycle';
import { emptyRunConfig, overlay } from './run-config';

/** The wire's defaults, in seconds. */
const defaultIdleTtl = 600;
const defaultDeleteAfterStop = 14 * 24 * 3600;
/** What the official SDKs wait. */
const defaultWait = 30;

/**
 * Creates a sandbox as `provisioning`; it boots by itself and ends in `ready` or `failed`. With `wait_for_ready` it is
 * given when it is ready. Throws Failure: for a snapshot that can't be booted, for a name that is taken, 408 when
 * it takes longer than `timeout` (it goes on), and what `bootFailure` makes of a failed boot (the sandbox stays, as
 * `failed`).
 */
export async function createBox(
  lifecycle: Lifecycle,
  request: CreateBoxRequest,
  signal: AbortSignal,
): Promise<BoxRecord> {
  const wanted = newBox(lifecycle, request);
  const spare = lifecycle.boxSpares.claim(wanted);
  const box = insertBox(lifecycle.database, { ...wanted, id: spare ?? wanted.id });
  const booted = startBoot(lifecycle, box, spare ? 'spare' : 'none');
  if (!request.wait_for_ready) return box;
  const seconds = request.timeout ?? defaultWait;
  const limit = AbortSignal.timeout(seconds * 1000);
  try {
    const failure = await orAborted(booted, AbortSignal.any([signal, limit]));
    if (failure) throw failure;
  } catch (error) {
    if (!limit.aborted || error instanceof Failure) throw error;
    throw new Failure(
      408,
      'Timeout',
      `Sandbox ${box.name} is not ready after ${seconds} s. It goes on starting.`,
    );
  }
  return storedBox(lifecycle, box.id);
}

function newBox({ database }: Lifecycle, request: CreateBoxRequest): Parameters<typeof insertBox>[1] {
  const asked = request.snapshot_id ?? request.snapshot ?? request.snapshot_name;
  const snapshot = getBootableSnapshot(database, asked);
  const name = request.name ?? `sandbox-${randomBytes(4).toString('hex')}`;
  if (findBox(database, name)) throw conflict(`There is already a sandbox ${name}. Choose another name.`);
  const capacity = request.fs_capacity_bytes ?? snapshot.fs_capacity_bytes;
  if (capacity < snapshot.fs_capacity_bytes) {
    throw invalidField(
      'fs_capacity_bytes',
      `fs_capacity_bytes must be at least ${snapshot.fs_capacity_bytes}, the capacity of the snapshot.`,
    );
  }
  return {
    id: randomUUID(),
    name,
    status: 'provisioning',
    status_message: null,
    snapshot_id: snapshot.id,
    idle_ttl_seconds: request.idle_ttl_seconds ?? defaultIdleTtl,
    delete_after_stop_seconds: request.delete_after_stop_seconds ?? defaultDeleteAfterStop,
    stopped_at: null,
    persistent: request.persistent ?? true,
    preserve_memory_on_stop: request.preserve_memory_on_stop ?? false,
    vcpus: null,
    cpu_millicores: null,
    ...cpuFields(request),
    mem_bytes: request.mem_bytes ?? null,
    fs_capacity_bytes: capacity,
    labels: { ...snapshot.labels, ...request.labels },
    run_config: overlay(emptyRunConfig, request.run_config),
    env_vars: request.env_vars ?? {},
  };
}
