import type { MountConfig } from './mounts';
import type { ProxyConfig } from './proxy-config';

/** What a capture takes along, and from where. */
export interface CaptureChoice {
  /** Promotes one that exists, instead of the sandbox as it is. */
  checkpoint?: string;
  /** An image inside the sandbox to export, instead of the sandbox's own files. */
  docker_image?: string;
  image_config?: { entrypoint?: string[]; cmd?: string[]; exposed_ports?: string[] };
  include?: ('all' | 'mounts' | 'proxy_config' | 'env_vars' | 'resources' | 'lifecycle' | 'labels')[];
  /** Of a running sandbox, without `checkpoint`. */
  include_memory?: boolean;
  /** Has to be true when what is included holds secrets as they are. */
  confirm_allow_snapshot_secret_values?: boolean;
}

/** What a capture took along. */
export interface CapturedSettings {
  /** Of a captured memory alone. */
  memory_snapshot_size_bytes?: number | null;
  /** Which settings of the captured sandbox it carries. */
  included?: string[] | null;
  mount_config?: MountConfig | null;
  proxy_config?: ProxyConfig | null;
}
