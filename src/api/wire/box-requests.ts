import type { ListQuery, RunConfig } from '../types';
import type { ProxyConfig } from './proxy-config';

/** Absent fields stay. Resources apply when the sandbox starts next, the run_config to later commands. */
export interface UpdateBoxRequest {
  name?: string;
  idle_ttl_seconds?: number;
  delete_after_stop_seconds?: number;
  vcpus?: number;
  cpu_millicores?: number;
  mem_bytes?: number;
  fs_capacity_bytes?: number;
  run_config?: RunConfig;
  /** Replaces all of it, except that an `opaque` value left out stays. */
  proxy_config?: ProxyConfig;
  tag_value_ids?: string[];
}

export interface BoxListQuery extends Omit<ListQuery, 'sort_by'> {
  tag_value_id?: string[];
  sort_by?: ListQuery['sort_by'] | 'stopped_at' | 'idle_ttl_seconds' | 'delete_after_stop_seconds';
}

export interface BatchDeleteReply {
  /** As they were named in the request. */
  deleted: string[];
  skipped: { name: string; reason: string }[];
}
