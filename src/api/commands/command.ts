import { dataplaneUrl } from '../dataplane';
import { ApiError } from '../errors';
import type { LineLimits } from '../network/line';
import type { Transport } from '../transport';
import type { Box } from '../types';
import type { ExecuteFrame, OutputStream } from '../wire/command-frames';
import { AgentChannels, type OpenAgent } from './agent-channels';
import { makeCommandId } from './command-id';
import { follow, type Following, type Place } from './follow';
import type { Nudge } from '../nudge';
import { Outbox } from './outbox';
import { OutputChannel, type OutputChunk } from './output-channel';
import type { PersistenceLimits } from '../persistence';
import { StreamPosition } from './stream-position';

/** What to run. Standard input is at its end unless `close_stdin` is false or it has a terminal (`pty`). */
export type CommandRequest = Omit<
  ExecuteFrame,
  'type' | 'command_id' | 'close_stdin' | 'pty' | 'ssh_agent_forward'
> & {
  command_id?: string;
  close_stdin?: boolean;
  pty?: boolean;
};

export interface FollowOptions {
  /** Ends the following at once; the command goes on, to be attached to again, unless it was to be killed then. */
  signal?: AbortSignal;
  lineLimits?: LineLimits;
  persistence?: PersistenceLimits;
  /** Ends the pause before the next try. */
  nudge?: Nudge;
  /** Asked before each further connection: where the sandbox is by then. What it throws ends the following, unless it may pass. */
  relocate?: (signal: AbortSignal) => Promise<BoxPlace>;
  onLine?: Following['onLine'];
  /** Offered to programs of the command while a connection stands. A command has to be started with it. */
  openAgent?: OpenAgent;
}

export interface BoxPlace {
  transport: Transport;
  box: Pick<Box, 'id' | 'dataplane_url'>;
}

/**
 * A command in a sandbox, followed until it ends, over connections that may break.
 * Its output is held up to a bound; then the connection waits for its reader, and the command for the connection.
 */
export interface Command {
  readonly id: string;
  /** Resolves when the command runs, with its process id in the sandbox where the server tells one. */
  readonly started: Promise<number | undefined>;
  /** For one reader. Throws as `exited` rejects. */
  output(): AsyncGenerator<OutputChunk, void>;
  /** The exit code, 137 after a kill. Output that nobody has begun to read is dropped. */
  exited(): Promise<number>;
  /** Kills the whole process group, as soon as the command can be reached; gives the exit code. */
  kill(): Promise<number>;
  /** Resolves when the other side has it. Rejects with `ambiguous` when that can't be known: nothing is sent twice. */
  write(data: string): Promise<void>;
  /** After what was written. Of no effect with a terminal: write `\x04` there. */
  closeInput(): void;
  /** Of its terminal. */
  resize(size: { cols: number; rows: number }): void;
}

/** Starts a command; its id is made here, so that it is one command however often the connection breaks. */
export function startCommand(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  request: CommandRequest,
  options: FollowOptions = {},
): Command {
  const { command_id = makeCommandId(), pty = false, close_stdin = !pty, ...rest } = request;
  const execute: ExecuteFrame = {
    type: 'execute',
    ...rest,
    command_id,
    ...(options.openAgent && { ssh_agent_forward: true }),
    ...(pty ? { pty } : close_stdin && { close_stdin }),
  };
  return begin(transport, box, command_id, options, { execute });
}

/** Attaches to a command that runs or has ended not long ago. Offsets are bytes of its output that are not wanted again. */
export function attachCommand(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  commandId: string,
  { offsets, ...options }: FollowOptions & { offsets?: Partial<Record<OutputStream, number>> } = {},
): Command {
  return begin(transport, box, commandId, options, { offsets });
}

function begin(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  id: string,
  { signal = new AbortController().signal, relocate, openAgent, ...limits }: FollowOptions,
  { execute, offsets }: { execute?: ExecuteFrame; offsets?: Partial<Record<OutputStream, number>> },
): Command {
  const place = placeOf({ transport, box });
  const { pathname } = new URL(place.url);
  const outbox = new Outbox(pathname);
  const output = new OutputChannel();
  const positions = {
    stdout: new StreamPosition(offsets?.stdout),
    stderr: new StreamPosition(offsets?.stderr),
  };
  let onStarted: (pid: number | undefined) => void = () => undefined;
  const hasStarted = new Promise<number | undefined>((resolve) => (onStarted = resolve));
  const exit = follow({
    place,
    relocate: relocate && (async (given) => placeOf(await relocate(given))),
    commandId: id,
    execute,
    positions,
    outbox,
    agents: new AgentChannels(openAgent),
    output,
    signal,
    ...limits,
    onStarted: ({ pid }) => onStarted(pid),
  });
  exit.then(
    () => {
      output.end();
      outbox.conclude(
        new ApiError('The command has ended', {
          kind: 'invalid',
          method: 'GET',
          path: pathname,
        }),
      );
    },
    (failure: unknown) => {
      output.fail(failure);
      outbox.end(failure);
    },
  );
  const started = Promise.race([hasStarted, exit.then(() => hasStarted)]);
  started.catch(() => undefined);
  const exited = (): Promise<number> => {
    output.discardUnread();
    return exit;
  };
  return {
    id,
    started,
    output: () => output.read(),
    exited,
    kill: () => {
      outbox.kill();
      return exited();
    },
    write: (data) => outbox.write(data),
    closeInput: () => outbox.closeInput(),
    resize: ({ cols, rows }) => outbox.resize(cols, rows),
  };
}

function placeOf({ transport, box }: BoxPlace): Place {
  return { transport, url: `${dataplaneUrl(transport, box)}/execute/ws` };
}
