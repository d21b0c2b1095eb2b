import { EngineError } from '../engine-error';
import { elfExecutable } from '../init/executable';
import { leaderMachineCode } from './machine-code';

/** Where it lies in every container. The number changes with how it is called: an older container gets it added. */
export const leaderPath = '/.langsmith-sandbox/leader-1';

/**
 * A program that begins and ends commands in a sandbox, and needs nothing of the image.
 *
 * `run MARK=RUN COLUMNSxROWS COMMAND…` gives its terminal that size (`-`: it has none), tells its pid in a line on stderr,
 * adds `MARK=RUN.PID` to the variables and becomes the command, which it looks for in `PATH`. Where it can't, it says so
 * on stderr and ends with 127 or 126, as shells do.
 * `kill PID` kills a process group, and ends with 0 when none of it is left. `sweep MARK=RUN` kills the group of each
 * process that bears the mark of another run with its own pid, and tells these pids, a line each.
 */
export function leaderExecutable(architecture: string): Buffer {
  const built = leaderMachineCode[architecture];
  if (!built) throw new EngineError('other', `Commands can not be run on ${architecture}.`);
  return elfExecutable(built.elfMachine, Buffer.from(built.code, 'base64'));
}
