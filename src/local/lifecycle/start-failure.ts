import { Failure } from '../failure';
import type { Lifecycle } from './lifecycle';
import type { BoxProcess } from './start-process';

/** 126 and 127 are the engine's own when the process never told its pid. */
export async function failedToStart(process: BoxProcess, exitCode: number): Promise<boolean> {
  if (exitCode !== 126 && exitCode !== 127) return false;
  return (await process.pid) === undefined;
}

/** `reason` is what the engine wrote to stderr. */
export async function startFailure(
  { engine }: Lifecycle,
  { container, workDir }: BoxProcess,
  reason: string,
  signal: AbortSignal,
): Promise<Failure> {
  const folder = await engine.statPath(container, workDir, signal);
  if (!folder?.isDirectory) {
    return commandError(
      `The folder ${workDir} does not exist in the sandbox. Make it, or choose another one.`,
    );
  }
  return commandError(`The command could not be started: ${reason.trim()}`);
}

/** What became of a process that was to be killed. */
export function fateOf(wasKilled: boolean): string {
  return wasKilled ? 'was killed' : 'could not be killed and may still run';
}

export function commandError(message: string): Failure {
  return new Failure(400, 'CommandError', message);
}
