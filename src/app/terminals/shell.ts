import type { OpenAgent } from '../../api/commands/agent-channels';
import { attachCommand, startCommand, type Command, type FollowOptions } from '../../api/commands/command';
import type { Nudge } from '../../api/nudge';
import { ApiError } from '../../api/errors';
import { endlessPersistence } from '../../api/persistence';
import type { Transport } from '../../api/transport';
import type { Box, BoxStatus } from '../../api/types';
import { failureOf, type Failure } from '../failure';
import { NotRunningError } from '../running-box';
import type { Session } from '../session';
import { runningPlace } from './running-place';

/** In characters. */
export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** How a program ended, or why it is not followed any more. */
export type ShellEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** Its sandbox does not run, or is gone (no status): a shell never wakes one. `isKept`: a stop keeps what runs in it. */
  | { readonly kind: 'not-running'; readonly status?: BoxStatus; readonly isKept: boolean }
  /** The user signed out, or the terminal went with its window; the shell goes on. */
  | { readonly kind: 'left' }
  /** The server knows nothing of it: it was restarted, or has ended it and forgotten. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What a shell tells while it runs. */
export interface Screen {
  /** `missing`: bytes before it that were lost while there was no connection. */
  readonly show: (text: string, missing: number) => void | Promise<void>;
  readonly onLine: (state: 'attached' | 'lost') => void;
}

export interface ShellRequest {
  readonly session: Session;
  /** Running. */
  readonly box: Box;
  /** Where the session's server is by now; undefined while that is not known, as of a local server that went away. */
  readonly transport: () => Transport | undefined;
  readonly screen: Screen;
  readonly size: TerminalSize;
  /** Ends the pause before the next try to connect again. */
  readonly nudge: Nudge;
  /** Offered to the programs that run in it. */
  readonly openAgent?: OpenAgent;
}

/** A program in a sandbox, as a rule a shell, and its terminal. */
export interface Shell {
  /** Of its command on the server: it can be attached to by this. */
  readonly commandId: string;
  /** Never rejects. */
  readonly ended: Promise<ShellEnd>;
  /** Resolves when the sandbox has it. Rejects with an ApiError `ambiguous` when that can't be known. */
  write(text: string): Promise<void>;
  resize(size: TerminalSize): void;
  kill(): void;
  /** Ends the following; the shell goes on. */
  leave(): void;
}

/** A shell that nobody is attached to for so long is ended by the server. */
const unattendedSeconds = 24 * 3600;
/** How long its end can be asked for. */
const endKeptSeconds = 3600;
/** `error_type` of what a server does not know, or not any more. */
const forgottenTypes = new Set(['CommandNotFound', 'SessionExpired']);
const standardShell = '/bin/sh';
const terminalEnv = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };

/** What to run, in a terminal of its own. */
export interface Program {
  /** A line for `/bin/sh`. */
  readonly line: string;
  /** Above the sandbox's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** The sandbox's own folder unless given. */
  readonly cwd?: string;
}

export function startProgram(request: ShellRequest, { line, env, cwd }: Program): Shell {
  const { session, box, size } = request;
  return follow(request, (options) =>
    startCommand(
      session.transport,
      box,
      {
        shell: standardShell,
        command: line,
        cwd,
        pty: true,
        ...size,
        env: { ...terminalEnv, ...env },
        timeout_seconds: 0,
        idle_timeout_seconds: unattendedSeconds,
        ttl_seconds: endKeptSeconds,
      },
      options,
    ),
  );
}

/** One that runs already. Shows again what the server has kept of its output. */
export function attachShell(request: ShellRequest, commandId: string): Shell {
  const { session, box, size } = request;
  return follow(request, (options) => {
    const command = attachCommand(session.transport, box, commandId, options);
    command.resize(size);
    return command;
  });
}

export function notRunning({ box }: NotRunningError): ShellEnd {
  const isKept = box?.status === 'stopped' && box.preserve_memory_on_stop === true;
  return { kind: 'not-running', status: box?.status, isKept };
}

function isForgotten(error: unknown): boolean {
  return error instanceof ApiError && forgottenTypes.has(error.errorType ?? '');
}

function follow(
  { session, box, transport, screen, nudge, openAgent }: ShellRequest,
  begin: (options: FollowOptions) => Command,
): Shell {
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, session.ended]);
  const command = begin({
    signal,
    nudge,
    openAgent,
    persistence: endlessPersistence,
    onLine: screen.onLine,
    relocate: (call) => runningPlace(session, transport(), box.id, call),
  });
  const read = async (): Promise<ShellEnd> => {
    try {
      for await (const { data, missing } of command.output()) await screen.show(data, missing);
      return { kind: 'exited', code: await command.exited() };
    } catch (error) {
      if (signal.aborted) return { kind: 'left' };
      if (error instanceof NotRunningError) return notRunning(error);
      if (isForgotten(error)) return { kind: 'forgotten' };
      return { kind: 'failed', failure: failureOf(error) };
    }
  };
  return {
    commandId: command.id,
    ended: read(),
    write: (text) => command.write(text),
    resize: (size) => command.resize(size),
    kill: () => void command.kill().catch(() => undefined),
    leave: () => leaving.abort(new Error('The terminal was left')),
  };
}
