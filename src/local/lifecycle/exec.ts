import type { ExecuteReply, ExecuteRequest } from '../../api/wire/dataplane';
import { EngineError } from '../engine/engine-error';
import type { Failure } from '../failure';
import { orAborted, within } from '../abort';
import { withRunningBox } from './awake';
import { commandConfig } from './box-config';
import { collectText, OutputTooLarge } from './collect-text';
import { endGroup } from './kill-group';
import type { Lifecycle } from './lifecycle';
import { commandError, failedToStart, fateOf, startFailure } from './start-failure';
import { startProcess, type BoxProcess } from './start-process';

const defaultSeconds = 60;
/** For `timeout: 0`, which asks for no limit. */
const mostSeconds = 24 * 3600;
/** Of stdout and of stderr each: a reply is one JSON text in memory. Files are for more. */
const mostOutputBytes = 16 * 1024 * 1024;

/**
 * Runs a command to its end. A string is a line for the shell, a list is run as it is. Throws Failure `CommandError`
 * when it can't be started, runs out of time or writes too much: it is killed then, with everything in its process
 * group, and also when the signal aborts.
 */
export function execute(
  lifecycle: Lifecycle,
  idOrName: string,
  request: ExecuteRequest,
  signal: AbortSignal,
): Promise<ExecuteReply> {
  return withRunningBox(lifecycle, idOrName, signal, async (box) => {
    const own = request.run_config ?? { env_vars: request.env, work_dir: request.cwd };
    const config = commandConfig(lifecycle, box, own);
    const { command, shell } = request;
    const process = await startProcess(lifecycle, box.id, { command, shell, config }, signal);
    return finish(lifecycle, process, secondsOf(request), signal);
  });
}

function secondsOf(request: ExecuteRequest): number {
  const asked = request.timeout ?? request.timeout_seconds ?? defaultSeconds;
  return asked === 0 ? mostSeconds : asked;
}

async function finish(
  lifecycle: Lifecycle,
  process: BoxProcess,
  seconds: number,
  signal: AbortSignal,
): Promise<ExecuteReply> {
  const ended = Promise.all([
    collectText(process.stdout, mostOutputBytes),
    collectText(process.stderr, mostOutputBytes),
    process.stream.exitCode,
  ]);
  ended.catch(() => undefined); // told below, or nobody waits for it any more
  const limit = within(seconds * 1000, signal);
  const [stdout, stderr, exit_code] = await orAborted(ended, limit).catch(async (error: unknown) => {
    const wasKilled = await endGroup(lifecycle, process);
    throw signal.aborted ? error : endedEarly(error, seconds, fateOf(wasKilled));
  });
  if (await failedToStart(process, exit_code)) throw await startFailure(lifecycle, process, stderr, signal);
  return { stdout, stderr, exit_code };
}

/** Not an EngineError any more: the command did run, and must not be run again. */
function endedEarly(error: unknown, seconds: number, fate: string): Failure {
  if (error instanceof OutputTooLarge) {
    return commandError(
      `The command wrote more than ${mostOutputBytes / 1024 / 1024} MiB and ${fate}. Write to a file and download that.`,
    );
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return commandError(`The command timeout of ${seconds} s was exceeded: it ${fate}.`);
  }
  if (error instanceof EngineError) {
    return commandError(`The sandbox ended while the command ran: ${error.message}`);
  }
  return commandError(`The command's output was lost: ${String(error)}`);
}
