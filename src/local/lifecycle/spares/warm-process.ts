import { Failure } from '../../failure';
import { orAborted } from '../../abort';
import { containerName } from '../engine-names';
import type { Lifecycle } from '../lifecycle';
import { announcedPid } from '../process-id';
import type { BoxProcess, ProcessRequest } from '../start-process';
import { orderLine } from './waiting-shell';

const startLimitMs = 30_000;

/**
 * Starts it in a shell that waits already. Undefined when there is none, or when that ended before the command began:
 * the output is complete then, and lacks the pid that comes before the command. Throws where that can't be told.
 */
export async function warmProcess(
  lifecycle: Lifecycle,
  boxId: string,
  argv: string[],
  { config, stdin = false, tty }: ProcessRequest,
): Promise<BoxProcess | undefined> {
  const line = tty ? undefined : orderLine({ argv, env: config.env_vars, workDir: config.work_dir, stdin });
  const shell = line && lifecycle.commandSpares.claim(boxId, config.user);
  if (!shell) return undefined;
  const { stream, letGo } = shell;
  const announced = announcedPid(shell.stderr);
  stream.stdin?.write(line);
  if (!stdin) stream.stdin?.end();
  const limit = AbortSignal.timeout(startLimitMs);
  try {
    if ((await orAborted(announced.pid, limit)) === undefined) {
      stream.stdout.resume();
      announced.rest.resume();
      await orAborted(stream.exitCode, limit);
      return undefined;
    }
  } catch (error) {
    letGo();
    if (!limit.aborted) throw error;
    throw new Failure(400, 'CommandError', 'The command was not started in time. It may start yet.');
  }
  return {
    container: containerName(boxId),
    workDir: config.work_dir,
    stream,
    stdout: stream.stdout,
    stderr: announced.rest,
    pid: announced.pid,
    announces: true,
    letGo,
  };
}
