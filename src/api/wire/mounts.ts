/** Storage from elsewhere in a sandbox's file tree. Fixed when the sandbox is made. */
export interface MountConfig {
  auth?: { aws?: unknown; gcp?: unknown; azure?: unknown } | null;
  mounts?: Mount[] | null;
}

/** What the storage is stands under the key that `type` names. */
export interface Mount {
  /** At most 64 of `A-Z a-z 0-9 _ -`. */
  id: string;
  type: 's3' | 'gcs' | 'azure_blob' | 'git' | 'contexthub';
  mount_path: string;
  read_only?: boolean | null;
  cache?: { max_size_bytes?: number; writeback_seconds?: number } | null;
  encryption?: { kms_key?: string } | null;
  s3?: {
    bucket: string;
    region: string;
    endpoint_url?: string;
    prefix?: string;
    path_style?: boolean;
  } | null;
  gcs?: { bucket: string; prefix?: string } | null;
  azure_blob?: { container: string; storage_account: string; prefix?: string } | null;
  git?: {
    remote_url: string;
    ref?: { type: 'branch' | 'tag'; name: string };
    refresh_interval_seconds?: number;
  } | null;
  contexthub?: { repo: string; initial_pull_only?: boolean } | null;
}

/** At most 4 in a sandbox. */
export interface VolumeMount {
  volume: string;
  mount_path: string;
  read_only?: boolean;
}

export interface AttachedVolume {
  volume_id?: string;
  volume_name?: string;
  mount_path?: string;
  read_only?: boolean;
}
