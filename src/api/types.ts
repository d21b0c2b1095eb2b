/**
 * Shapes of the sandbox API on the wire. Field names are the API's own (snake_case), unchanged.
 * Source: the generated types of the official `langsmith` package (0.12) and the API reference.
 * Timestamps are RFC 3339 strings, sizes are bytes, durations are seconds, unless a name says otherwise.
 * A server may leave out any optional field or send it as null.
 */

import type { BoxAttachments, BoxOrigins, Resources } from './wire/box-settings';
import type { CaptureChoice, CapturedSettings } from './wire/capture-choice';
import type { AttachedVolume } from './wire/mounts';

export type SnapshotStatus = 'building' | 'ready' | 'failed' | 'deleting';
export type BoxStatus = 'provisioning' | 'ready' | 'failed' | 'stopped' | 'deleting';

export type Labels = Record<string, string>;

/** Layered: snapshot, then box, then command. `user` and `work_dir` replace, `env_vars` merge by key. */
export interface RunConfig {
  user?: string | null;
  work_dir?: string | null;
  env_vars?: Record<string, string> | null;
}

export interface Snapshot extends CapturedSettings {
  id: string;
  name: string;
  status: SnapshotStatus;
  /** Why it failed, or what a build is doing now. */
  status_message?: string | null;
  tags?: string[] | null;
  description?: string | null;
  docker_image?: string | null;
  image_digest?: string | null;
  registry_id?: string | null;
  /** The sandbox it was captured from; absent on a snapshot built from an image. */
  source_sandbox_id?: string | null;
  fs_capacity_bytes: number;
  fs_used_bytes?: number | null;
  labels?: Labels | null;
  run_config?: RunConfig | null;
  created_by?: string | null;
  created_at?: string | null;
  updated_at?: string | null;
}

export interface Box extends BoxAttachments, Resources {
  id: string;
  name: string;
  status: BoxStatus;
  status_message?: string | null;
  /** Base of the dataplane (`/execute`, `/upload`, …). Opaque, without a trailing slash. */
  dataplane_url?: string | null;
  snapshot_id?: string | null;
  idle_ttl_seconds?: number | null;
  /** Since when nothing uses it; null while something does. Our local server alone tells it. */
  idle_since?: string | null;
  delete_after_stop_seconds?: number | null;
  /** Set while the sandbox is stopped. */
  stopped_at?: string | null;
  size_class?: string | null;
  labels?: Labels | null;
  run_config?: RunConfig | null;
  volumes?: AttachedVolume[] | null;
  created_by?: string | null;
  updated_by?: string | null;
  created_at?: string | null;
  updated_at?: string | null;
}

export interface BoxStatusReply {
  status: BoxStatus;
  status_message?: string | null;
}

export interface Registry {
  id: string;
  name: string;
  url: string;
  auth_type?: string | null;
  aws_role_arn?: string | null;
  repository_search_mode?: string | null;
  provider?: string | null;
  created_by?: string | null;
  created_at?: string | null;
  updated_by?: string | null;
  updated_at?: string | null;
}

export interface CreateSnapshotRequest {
  /** Lowercase registry-style components separated by `/`, at most 255 characters. */
  name: string;
  docker_image: string;
  fs_capacity_bytes: number;
  registry_id?: string;
  /** Default `latest`. Giving an existing name and tag again moves the tag here. */
  tag?: string;
  /** At most 1024 characters. */
  description?: string;
  labels?: Labels;
  run_config?: RunConfig;
}

export interface CaptureRequest extends CaptureChoice {
  name: string;
  tag?: string;
  description?: string;
  /** Of a disk exported from `docker_image`. */
  fs_capacity_bytes?: number;
  labels?: Labels;
  run_config?: RunConfig;
}

export interface CreateBoxRequest extends BoxAttachments, BoxOrigins {
  /** Made up by the server when absent. */
  name?: string;
  /** Hold the reply until the sandbox is ready, at most `timeout` seconds. */
  wait_for_ready?: boolean;
  timeout?: number;
  /** At most one of `snapshot_id`, `snapshot`, `snapshot_name`; the last two take a name or name:tag. */
  snapshot_id?: string;
  snapshot?: string;
  snapshot_name?: string;
  /** 0 disables; otherwise a multiple of 60. */
  idle_ttl_seconds?: number;
  delete_after_stop_seconds?: number;
  vcpus?: number;
  /** Wins over `vcpus`. */
  cpu_millicores?: number;
  mem_bytes?: number;
  fs_capacity_bytes?: number;
  /** Default true. False: what is written is lost at every stop. */
  persistent?: boolean;
  /** Default false. True: a stop keeps memory and processes. */
  preserve_memory_on_stop?: boolean;
  labels?: Labels;
  /** Above the box's own run_config. */
  env_vars?: Record<string, string>;
  run_config?: RunConfig;
}

export interface CreateRegistryRequest {
  name: string;
  url: string;
  username?: string;
  password?: string;
  auth_type?: 'DOCKER_CONFIG' | 'AWS_ROLE';
  aws_role_arn?: string;
}

/** Two paging styles: `page_size` and `cursor`, or the older `limit` and `offset`. */
export interface ListQuery {
  page_size?: number;
  /** Of the page before. */
  cursor?: string;
  /** Default 50, 1 to 500; anything else is refused. */
  limit?: number;
  offset?: number;
  /** Case-insensitive substring. */
  name_contains?: string;
  status?: string;
  created_by?: 'me';
  /** `key` or `key=value`; all have to match. */
  label?: string[];
  sort_by?: 'name' | 'status' | 'created_at';
  sort_order?: 'asc' | 'desc';
}

/** `items`/`next_cursor` are the current style; `offset` and the resource's own key are the older one. */
export interface ListEnvelope<T> {
  items?: T[] | null;
  next_cursor?: string | null;
  /** Where the next page starts; 0 on the last page. */
  offset?: number | null;
}
export type SnapshotList = ListEnvelope<Snapshot> & { snapshots?: Snapshot[] | null };
export type BoxList = ListEnvelope<Box> & { sandboxes?: Box[] | null };
export type RegistryList = ListEnvelope<Registry> & { registries?: Registry[] | null };

/** The error body of every endpoint. */
export interface ErrorBody {
  detail: { error?: string; message?: string; error_id?: string };
}
