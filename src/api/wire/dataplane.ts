import type { RunConfig } from '../types';

export interface ExecuteRequest {
  /** A line for the shell, or an argument vector. */
  command: string | string[];
  /** Seconds; default 60. SDKs send `timeout`, the reference says `timeout_seconds`. */
  timeout?: number;
  timeout_seconds?: number;
  /** Default `/bin/bash`. */
  shell?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Not together with `env` or `cwd`. */
  run_config?: RunConfig;
}

export interface ExecuteReply {
  stdout: string;
  stderr: string;
  exit_code: number;
}

export interface UploadReply {
  path: string;
  written: number;
}
