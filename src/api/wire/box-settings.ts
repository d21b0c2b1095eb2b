import type { MountConfig, VolumeMount } from './mounts';
import type { ProxyConfig } from './proxy-config';

/** What code inside a sandbox may do at LangSmith. `permissions` is given with `EXPLICIT`, and only with it. */
export interface AccessDelegation {
  mode: 'INHERIT' | 'EXPLICIT';
  permissions?: string[] | null;
}

/** `cpu_millicores` wins over `vcpus`. */
export interface Resources {
  vcpus?: number | null;
  cpu_millicores?: number | null;
  mem_bytes?: number | null;
  fs_capacity_bytes?: number | null;
}

/** What a sandbox may have beyond its image, on creation and when it is read. */
export interface BoxAttachments {
  access_delegation?: AccessDelegation | null;
  mount_config?: MountConfig | null;
  proxy_config?: ProxyConfig | null;
  /** False: what is written is gone after a stop. Default true. */
  persistent?: boolean | null;
  /** A stop keeps memory and processes. Default false; not with `persistent: false`. */
  preserve_memory_on_stop?: boolean | null;
}

/** What a sandbox starts from beside its files. */
export interface BoxOrigins {
  /** Absent: if there is one. True: or the request is refused. False: a cold boot. */
  restore_memory?: boolean;
  tag_value_ids?: string[];
  volumes?: VolumeMount[];
}
