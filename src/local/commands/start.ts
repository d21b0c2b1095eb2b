import type { RunConfig } from '../../api/types';
import type { TerminalSize } from '../engine/exec-shapes';
import { orAborted, within } from '../abort';
import { startAgent, type StartedAgent } from '../ssh-agent/start-agent';
import { withRunningBox } from '../lifecycle/awake';
import { commandConfig } from '../lifecycle/box-config';
import { containerName } from '../lifecycle/engine-names';
import { collectText } from '../lifecycle/collect-text';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { endGroup } from '../lifecycle/kill-group';
import { overlay } from '../lifecycle/run-config';
import { commandError, failedToStart, startFailure } from '../lifecycle/start-failure';
import { refusedStart, startProcess, type BoxProcess } from '../lifecycle/start-process';
import { followCommand, type Command, type CommandTerms } from './command';

export interface CommandRequest extends CommandTerms {
  /** A line for the shell; absent: the shell itself. */
  command?: string;
  shell?: string;
  own: RunConfig;
  /** Keeps its stdin open. */
  stdin: boolean;
  tty?: TerminalSize;
  /** Whether it can reach an SSH agent outside of the sandbox, over the socket that `SSH_AUTH_SOCK` names. */
  forwardsAgent?: boolean;
}

const startLimitMs = 60_000;
const mostReasonBytes = 64 * 1024;

/** Starts a command in a running sandbox. Throws Failure, `CommandError` where the process could not be started. */
export async function startCommand(
  lifecycle: Lifecycle,
  boxId: string,
  id: string,
  request: CommandRequest,
): Promise<Command> {
  const limit = within(startLimitMs);
  return withRunningBox(lifecycle, boxId, limit, async (box) => {
    const { command, shell, own, stdin, tty } = request;
    let config = commandConfig(lifecycle, box, own);
    const agent = request.forwardsAgent ? await agentFor(lifecycle, box.id, config.user, limit) : undefined;
    if (agent) config = overlay(config, { env_vars: { SSH_AUTH_SOCK: agent.path } });
    let process: BoxProcess | undefined;
    try {
      process = await startProcess(lifecycle, box.id, { command, shell, config, stdin, tty }, limit);
      const pid = await pidOf(lifecycle, process, limit);
      return followCommand(lifecycle, {
        id,
        boxId: box.id,
        pid,
        process,
        hasTerminal: tty !== undefined,
        agent,
        terms: request,
      });
    } catch (error) {
      agent?.close();
      if (process) await endGroup(lifecycle, process);
      throw error;
    }
  });
}

function agentFor(
  lifecycle: Lifecycle,
  boxId: string,
  user: string,
  signal: AbortSignal,
): Promise<StartedAgent> {
  return startAgent(lifecycle, containerName(boxId), user || undefined, signal).catch(refusedStart);
}

async function pidOf(lifecycle: Lifecycle, process: BoxProcess, signal: AbortSignal): Promise<number> {
  const pid = await orAborted(process.pid, signal);
  if (pid !== undefined) return pid;
  process.stdout.resume();
  const ended = Promise.all([process.stream.exitCode, collectText(process.stderr, mostReasonBytes)]);
  const [code, reason] = await orAborted(ended, signal);
  if (await failedToStart(process, code)) throw await startFailure(lifecycle, process, reason, signal);
  throw commandError(`The command ended before it began, with exit code ${code}: ${reason.trim()}`);
}
