import type { TerminalSize } from '../engine/exec-shapes';
import type { StartedAgent } from '../ssh-agent/start-agent';
import { settlesWithin } from '../abort';
import { killGroup } from '../lifecycle/kill-group';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { fateOf } from '../lifecycle/start-failure';
import type { BoxProcess } from '../lifecycle/start-process';
import { oneOf } from '../one-of';
import { alarm } from './alarm';
import { howItEnded, type Outcome } from './outcome';
import { createOutput, streamNames, type Output, type StreamName } from './output';
import { returningTo, type Returning } from './returning';

export type { Outcome } from './outcome';

/** What one who started a command may ask to happen to it. */
export interface CommandTerms {
  /** How long it may run; undefined: as long as it wants. */
  timeoutSeconds: number | undefined;
  /** How long it runs while no client is attached; undefined: as long as it wants. */
  idleSeconds: number | undefined;
  killOnDisconnect: boolean;
}

/** A command that was started in a sandbox. It outlives its clients. */
export interface Command {
  id: string;
  boxId: string;
  /** Inside the sandbox. */
  pid: number;
  output: Output;
  /** Where one was asked to be forwarded. */
  agent: StartedAgent | undefined;
  /** Those of its clients whose connections broke. */
  returning: Returning;
  /** Known once it has ended and `output` is complete. */
  readonly outcome: Outcome | undefined;
  /** Resolves with the outcome. */
  ended: Promise<Outcome>;
  /** Counts a client in. Gives the way to count it out. */
  attach(): () => void;
  /** Resolves when it may take more. What a process that reads no more is sent is lost. */
  input(data: string): Promise<void>;
  /** Nothing happens in a terminal, where a key says it: the client sends that as input. */
  closeInput(): void;
  resize(size: TerminalSize): Promise<void>;
  /** SIGKILL to its process group. */
  kill(): Promise<void>;
}

/** Of input that the process has not read. */
const mostPendingInputBytes = 1024 * 1024;
const resizeLimitMs = 10_000;
/** After a kill the streams end by themselves, unless something outside of the group holds them. */
const afterKillMs = 5_000;

export interface RunningCommand {
  id: string;
  boxId: string;
  pid: number;
  process: BoxProcess;
  hasTerminal: boolean;
  agent: StartedAgent | undefined;
  terms: CommandTerms;
}

/** Looks after a process that runs. */
export function followCommand(lifecycle: Lifecycle, running: RunningCommand): Command {
  const { id, boxId, pid, process, terms } = running;
  const output = createOutput();
  const returning = returningTo(output);
  let outcome: Outcome | undefined;
  let ending: Outcome | undefined;
  let killing: Promise<void> | undefined;
  let clients = 0;

  // A pid of one that has ended may be another's.
  const kill = (): Promise<void> => (outcome ? Promise.resolve() : (killing ??= end()));
  const end = async (): Promise<void> => {
    ending ??= { type: 'exit', exit_code: 137 };
    output.acknowledge(undefined); // nothing that it still writes may be in the way of its end
    returning.arrive();
    if (!(await killGroup(lifecycle, process))) {
      const error = `The command ${fateOf(false)}.`;
      ending = { type: 'error', error, error_type: 'CommandError' };
    } else if (await settlesWithin(ended, afterKillMs)) return;
    process.letGo();
  };
  const killFor = (error_type: 'CommandTimeout' | 'SessionExpired', error: string) => (): void => {
    ending ??= { type: 'error', error_type, error };
    void kill();
  };
  const { timeoutSeconds, idleSeconds } = terms;
  const timeout = alarm(
    timeoutSeconds,
    killFor('CommandTimeout', `The command timeout of ${timeoutSeconds} s was exceeded: it was killed.`),
  );
  const idle = alarm(
    idleSeconds,
    killFor('SessionExpired', `No client was attached for ${idleSeconds} s: the command was killed.`),
  );
  const read = async (stream: StreamName): Promise<void> => {
    try {
      for await (const bytes of process[stream] as AsyncIterable<Buffer>) await output.append(stream, bytes);
    } finally {
      output.close(stream);
    }
  };
  const finished = Promise.all([process.stream.exitCode, ...streamNames.map(read)]);
  const conclude = async (): Promise<Outcome> => {
    outcome = await howItEnded(lifecycle, boxId, finished, () => ending);
    timeout.stop();
    idle.stop();
    running.agent?.close();
    output.bell.ring();
    return outcome;
  };
  const ended = conclude();
  timeout.start();

  const attach = (): (() => void) => {
    clients += 1;
    idle.stop();
    return () => {
      clients -= 1;
      if (clients > 0 || outcome) return;
      if (terms.killOnDisconnect) void kill();
      else idle.start();
    };
  };
  return {
    id,
    boxId,
    pid,
    output,
    agent: running.agent,
    returning,
    get outcome() {
      return outcome;
    },
    ended,
    attach,
    input: (data) => sendInput(process, data),
    closeInput: () => {
      if (!running.hasTerminal) process.stream.stdin?.end();
    },
    resize: (size) => process.stream.resize(size, AbortSignal.timeout(resizeLimitMs)),
    kill,
  };
}

async function sendInput({ stream: { stdin } }: BoxProcess, data: string): Promise<void> {
  if (!stdin?.writable) return;
  stdin.write(data);
  if (stdin.writableLength > mostPendingInputBytes) await oneOf(stdin, ['drain', 'close']);
}
