import type { ExecStream } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import type { StoredRunConfig } from '../store/shapes';
import { containerName } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { announcedPid, type Announced } from './process-id';
import { defaultShell, findShell, findStandardShell } from './shell';

const startLimitMs = 30_000;
/** Tells its pid on stderr, then becomes the command: it leads a process group of its own, which can be killed. */
const announce = 'echo $$ >&2; exec "$@"';

/** A process in a sandbox. */
export interface BoxProcess {
  container: string;
  workDir: string;
  stream: ExecStream;
  /** Without the pid. Read this one, not the stream's. */
  stderr: Announced;
  /** Whether it tells its pid once it runs: not in an image that has no `/bin/sh`. */
  announces: boolean;
  /** Ends the streams and leaves the process. */
  letGo: () => void;
}

export interface ProcessRequest {
  /** A line for the shell, or an argument vector. */
  command: string | string[];
  shell?: string;
  config: StoredRunConfig;
}

/** Starts it in a running container. Throws Failure `CommandError` when the shell is missing. */
export async function startProcess(
  lifecycle: Lifecycle,
  boxId: string,
  { command, shell = defaultShell, config }: ProcessRequest,
  signal: AbortSignal,
): Promise<BoxProcess> {
  const container = containerName(boxId);
  const standard = await findStandardShell(lifecycle, container, signal);
  const argv =
    typeof command === 'string' ? await shellLine(lifecycle, container, shell, command, signal) : command;
  const reading = new AbortController();
  const limit = setTimeout(
    () => reading.abort(new Failure(400, 'CommandError', 'The container engine did not start the command.')),
    startLimitMs,
  );
  try {
    const spec = {
      command: standard ? [standard, '-c', announce, 'sh', ...argv] : argv,
      env: config.env_vars,
      user: config.user || undefined,
      workDir: config.work_dir,
    };
    const stream = await lifecycle.engine.exec(container, spec, reading.signal).catch(refused);
    return {
      container,
      workDir: config.work_dir,
      stream,
      stderr: announcedPid(stream.stderr),
      announces: standard !== undefined,
      letGo: () => reading.abort(),
    };
  } finally {
    clearTimeout(limit);
  }
}

/** One product runs a command that can't start, another refuses it, say for its user: both are told alike. */
function refused(error: unknown): never {
  if (!(error instanceof EngineError) || error.kind !== 'other') throw error;
  throw new Failure(400, 'CommandError', `The command could not be started: ${error.message}`);
}

async function shellLine(
  lifecycle: Lifecycle,
  container: string,
  asked: string,
  line: string,
  signal: AbortSignal,
): Promise<string[]> {
  const shell = await findShell(lifecycle, container, asked, signal);
  if (shell) return [shell, '-c', line];
  const advice =
    asked === defaultShell
      ? 'Give the command as a list of arguments.'
      : 'Name another shell, or give the command as a list of arguments.';
  throw new Failure(400, 'CommandError', `There is no ${asked} in the sandbox. ${advice}`);
}
