import type { RunConfig } from '../types';

export type OutputStream = 'stdout' | 'stderr';

/** The first frame of a new command. A `command_id` that is known attaches to its command instead of running another. */
export interface ExecuteFrame {
  type: 'execute';
  command_id: string;
  /** May be absent with `pty`. */
  command?: string;
  /** 0 is no limit. */
  timeout_seconds?: number;
  shell?: string;
  /** How long it runs while nobody is attached; -1 is for ever. */
  idle_timeout_seconds?: number;
  kill_on_disconnect?: boolean;
  /** How long its end can be asked for; -1 is for ever. */
  ttl_seconds?: number;
  env?: Record<string, string>;
  cwd?: string;
  run_config?: RunConfig;
  close_stdin?: true;
  pty?: true;
  cols?: number;
  rows?: number;
  /** Programs of the command may use the SSH agent of the client, as `SSH_AUTH_SOCK` tells them. */
  ssh_agent_forward?: true;
}

/**
 * Bytes of a connection to the SSH agent, in either direction; never none. The server names a channel when something is
 * said on it. Source: the Go SDK.
 */
export interface AgentDataFrame {
  type: 'ssh_agent_data';
  channel_id: string;
  /** Base64. */
  data: string;
}

/** Either side has closed the connection. */
export interface AgentCloseFrame {
  type: 'ssh_agent_close';
  channel_id: string;
}

/** Offsets are bytes of each stream that the client has. */
export interface ReconnectFrame {
  type: 'reconnect';
  command_id: string;
  stdout_offset: number;
  stderr_offset: number;
}

export type ClientFrame =
  | ExecuteFrame
  | ReconnectFrame
  | { type: 'input'; data: string }
  | { type: 'close_stdin' }
  | { type: 'kill' }
  | { type: 'resize'; cols: number; rows: number }
  | AgentDataFrame
  | AgentCloseFrame;

export interface StartedFrame {
  type: 'started';
  command_id: string;
  pid?: number;
}

export interface OutputFrame {
  type: OutputStream;
  data: string;
  /** Of the first byte, in its stream. */
  offset: number;
}

export interface ExitFrame {
  type: 'exit';
  exit_code: number;
}

export interface ErrorFrame {
  type: 'error';
  error?: string;
  error_type?: string;
}

export type ServerFrame =
  StartedFrame | OutputFrame | ExitFrame | ErrorFrame | AgentDataFrame | AgentCloseFrame;

/** `POST …/execute/stream/start`: no terminal, and standard input is at its end. */
export type StreamStartRequest = Omit<
  ExecuteFrame,
  'type' | 'close_stdin' | 'pty' | 'kill_on_disconnect' | 'ssh_agent_forward'
>;
