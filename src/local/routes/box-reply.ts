import type { Box } from '../../api/types';
import { wireRoot } from '../router';
import { idleSince } from '../lifecycle/expiry';
import type { BoxRecord } from '../store/boxes';
import { runConfigReply } from './snapshot-reply';

export interface ReplyFacts {
  endpoint: string;
  /** Why the engine can't be asked at present, so that what is shown may be old. */
  unreachable: string | undefined;
  isInUse: boolean;
  /** Where that is known better than by the record. */
  lastUse: string | undefined;
}

/** A sandbox as the wire has it. Its dataplane is under its id, which no rename changes. */
export function boxReply(record: BoxRecord, { endpoint, unreachable, isInUse, lastUse }: ReplyFacts): Box {
  const last_used_at = lastUse ?? record.last_used_at;
  return {
    id: record.id,
    name: record.name,
    status: record.status,
    status_message: statusMessage(record.status_message, unreachable),
    dataplane_url: `${endpoint}${wireRoot}/${record.id}`,
    snapshot_id: record.snapshot_id,
    persistent: record.persistent,
    preserve_memory_on_stop: record.preserve_memory_on_stop,
    idle_ttl_seconds: record.idle_ttl_seconds,
    idle_since: record.status === 'ready' && !isInUse ? idleSince({ ...record, last_used_at }) : null,
    delete_after_stop_seconds: record.delete_after_stop_seconds,
    stopped_at: record.stopped_at,
    vcpus: record.vcpus,
    cpu_millicores: record.cpu_millicores,
    mem_bytes: record.mem_bytes,
    fs_capacity_bytes: record.fs_capacity_bytes,
    labels: record.labels,
    run_config: runConfigReply(record.run_config),
    proxy_config: record.proxy_config,
    created_by: null,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

export function statusMessage(stored: string | null, unreachable: string | undefined): string | null {
  return unreachable === undefined
    ? stored
    : `The container engine does not answer, this may be old: ${unreachable}`;
}
