/** What the workspace uses now, and how much it may. */
export interface Usage {
  sandboxes_used?: number | null;
  sandboxes_limit?: number | null;
  sandbox_running_count?: number | null;
  sandbox_stopped_count?: number | null;
  sandbox_direct_count?: number | null;
  sandbox_pool_replicas_count?: number | null;
  cpu_used_millicores?: number | null;
  cpu_limit_millicores?: number | null;
  memory_used_bytes?: number | null;
  memory_limit_bytes?: number | null;
  snapshots_count?: number | null;
  registries_count?: number | null;
  templates_count?: number | null;
  pools_count?: number | null;
}

export interface CostsQuery {
  /** RFC 3339; the range is half-open and at most 31 days long. */
  start_time: string;
  end_time: string;
  granularity?: 'HOUR' | 'RESOURCE';
  resource_type?: 'SANDBOX' | 'SNAPSHOT';
  /** At most 100. */
  resource_ids?: string[];
  include_totals?: boolean;
  include_daily?: boolean;
  page_size?: number;
  cursor?: string;
}

/** Amounts are decimals in text, with at most 6 digits after the point; null is unknown. */
export interface CostItem {
  resource_id: string;
  resource_type: string;
  period_start?: string | null;
  lcu?: string | null;
  lsu?: string | null;
  compute_standard_units?: string | null;
  storage_standard_units?: string | null;
  vcpu_hours?: string | null;
  memory_gib_hours?: string | null;
  storage_gib_hours?: string | null;
}
