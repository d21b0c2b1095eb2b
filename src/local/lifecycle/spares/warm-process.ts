import type { Readable } from 'node:stream';
import { Failure } from '../../failure';
import { orAborted } from '../../abort';
import { containerName } from '../engine-names';
import type { Lifecycle } from '../lifecycle';
import { announcedPid } from '../process-id';
import { readAhead } from '../read-ahead';
import type { BoxProcess, ProcessRequest } from '../start-process';
import { orderLine } from './waiting-shell';

const startLimitMs = 30_000;

/**
 * Starts it in a shell that waits already. Undefined when there is none, or when that ended before the command began:
 * the output is complete then, and empty: the pid comes before the command. Throws where that can't be told.
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
  const stdout = readAhead(stream.stdout, announced.pid);
  stream.stdin?.write(line);
  if (!stdin) stream.stdin?.end();
  const limit = AbortSignal.timeout(startLimitMs);
  try {
    if ((await orAborted(announced.pid, limit)) === undefined) {
      const silent = await orAborted(Promise.all([stdout, announced.rest].map(isEmpty)), limit);
      if (!silent.every(Boolean)) throw lostCommand();
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
    stdout,
    stderr: announced.rest,
    pid: announced.pid,
    letGo,
  };
}

/** Reads no further than it has to. */
async function isEmpty(stream: Readable): Promise<boolean> {
  for await (const _part of stream) return false;
  return true;
}

function lostCommand(): Failure {
  const advice = 'Look what it has done before you run it again.';
  return new Failure(400, 'CommandError', `The command may run, and its output is lost. ${advice}`);
}
