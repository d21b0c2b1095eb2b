import type { MountConfig } from './mounts';
import type { ProxyConfig } from './proxy-config';

/** Settings of a sandbox that a capture can take along, for the sandboxes that are made from it. */
export type CarriedSetting = 'mounts' | 'proxy_config' | 'env_vars' | 'resources' | 'lifecycle' | 'labels';

/** What a capture takes along, and from where. */
export interface CaptureChoice {
  /** Promotes one that exists, instead of the sandbox as it is. */
  checkpoint?: string;
  /** An image inside the sandbox to export, instead of the sandbox's own files. */
  docker_image?: string;
  /** Each list given replaces the one of the sandbox's snapshot; an empty one clears it. Ports are TCP. */
  image_config?: { entrypoint?: string[]; cmd?: string[]; exposed_ports?: number[] };
  include?: ('all' | CarriedSetting)[];
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
