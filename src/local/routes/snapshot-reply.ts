import type { RunConfig, Snapshot } from '../../api/types';
import type { StoredRunConfig } from '../store/shapes';
import type { SnapshotRecord } from '../store/snapshots';

/** A snapshot as the wire has it. */
export function snapshotReply(record: SnapshotRecord): Snapshot {
  return {
    id: record.id,
    name: record.name,
    status: record.status,
    status_message: record.status_message,
    tags: record.tags,
    description: record.description,
    docker_image: record.docker_image,
    image_digest: record.image_digest,
    registry_id: record.registry_id,
    source_sandbox_id: record.source_sandbox_id,
    fs_capacity_bytes: record.fs_capacity_bytes,
    fs_used_bytes: record.fs_used_bytes,
    labels: record.labels,
    run_config: runConfigReply(record.run_config),
    included: record.included,
    proxy_config: record.proxy_config,
    created_by: null,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/** What is not set is null. */
export function runConfigReply({ user, work_dir, env_vars }: StoredRunConfig): RunConfig {
  return { user: user || null, work_dir: work_dir || null, env_vars };
}
