import { randomBytes, randomUUID } from 'node:crypto';
import type { CreateBoxRequest } from '../../api/types';
import { conflict, Failure, invalidField } from '../failure';
import type { AskedProxyConfig } from '../proxy/config-shape';
import { handedOn } from '../proxy/handed-on';
import { keepProxyConfig } from '../proxy/kept-config';
import { findBox, insertBox, type BoxRecord, type NewBox } from '../store/boxes';
import type { SnapshotRecord } from '../store/snapshots';
import { orAborted } from '../abort';
import { startBoot } from './boot';
import { refuseLargeCapacity } from './capacity';
import { defaultSnapshot, wantsDefault } from './default-snapshot';
import { storedBox } from './find-box';
import { withCarried } from './carried-settings';
import { cpuFields } from './patch-box';
import { getBootableSnapshot } from './find-snapshot';
import type { Lifecycle } from './lifecycle';
import { emptyRunConfig, overlay } from './run-config';

/** The wire's defaults, in seconds. */
const defaultIdleTtl = 600;
const defaultDeleteAfterStop = 14 * 24 * 3600;
/** What the official SDKs wait. */
const defaultWait = 30;

/** As on the wire, with what is secret no longer to be printed. */
export interface NewBoxRequest extends Omit<CreateBoxRequest, 'proxy_config'> {
  proxy_config?: AskedProxyConfig;
}

/**
 * Creates a sandbox as `provisioning`; it boots by itself and ends in `ready` or `failed`. With `wait_for_ready` it is
 * given when it is ready. Throws Failure: for a snapshot that can't be booted, for a name that is taken, 408 when
 * it takes longer than `timeout` (it goes on), and what `bootFailure` makes of a failed boot (the sandbox stays, as
 * `failed`).
 */
export async function createBox(
  lifecycle: Lifecycle,
  request: NewBoxRequest,
  signal: AbortSignal,
): Promise<BoxRecord> {
  const wanted = newBox(lifecycle, request, randomUUID());
  const spare = lifecycle.boxSpares.claim(wanted);
  // Its secrets are sealed for its id.
  const box = insertBox(lifecycle.database, spare ? newBox(lifecycle, request, spare) : wanted);
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

/** Throws for what can't be created, before anything is claimed for it. */
function newBox(lifecycle: Lifecycle, asked: NewBoxRequest, id: string): NewBox {
  const { database, sealKey } = lifecycle;
  const name = asked.name ?? `sandbox-${randomBytes(4).toString('hex')}`;
  if (findBox(database, name)) throw conflict(`There is already a sandbox ${name}. Choose another name.`);
  const snapshot = snapshotFor(lifecycle, asked);
  const request = withCarried(asked, snapshot.carried);
  const capacity = request.fs_capacity_bytes ?? snapshot.fs_capacity_bytes;
  if (capacity < snapshot.fs_capacity_bytes) {
    throw invalidField(
      'fs_capacity_bytes',
      `fs_capacity_bytes must be at least ${snapshot.fs_capacity_bytes}, the capacity of the snapshot.`,
    );
  }
  const persistent = request.persistent ?? true;
  const cpus = { vcpus: null, cpu_millicores: null, ...cpuFields(request) };
  if (capacity > snapshot.fs_capacity_bytes) refuseLargeCapacity({ persistent, ...cpus }, capacity);
  const proxy = request.proxy_config
    ? keepProxyConfig({ sealKey, boxId: id, stored: {} }, request.proxy_config)
    : handedOn(sealKey, snapshot, id);
  return {
    id,
    name,
    status: 'provisioning',
    status_message: null,
    snapshot_id: snapshot.id,
    idle_ttl_seconds: request.idle_ttl_seconds ?? defaultIdleTtl,
    delete_after_stop_seconds: request.delete_after_stop_seconds ?? defaultDeleteAfterStop,
    stopped_at: null,
    persistent,
    preserve_memory_on_stop: request.preserve_memory_on_stop ?? false,
    ...cpus,
    mem_bytes: request.mem_bytes ?? null,
    fs_capacity_bytes: capacity,
    labels: { ...snapshot.labels, ...request.labels },
    run_config: overlay(emptyRunConfig, request.run_config),
    env_vars: request.env_vars ?? {},
    ...proxy,
  };
}

function snapshotFor(lifecycle: Lifecycle, request: NewBoxRequest): SnapshotRecord {
  const asked = request.snapshot_id ?? request.snapshot ?? request.snapshot_name;
  if (asked === undefined || wantsDefault(asked)) return defaultSnapshot(lifecycle);
  return getBootableSnapshot(lifecycle.database, asked);
}
