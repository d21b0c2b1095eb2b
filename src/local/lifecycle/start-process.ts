import type { Readable } from 'node:stream';
import type { ExecStream, TerminalSize } from '../engine/exec-shapes';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import type { StoredRunConfig } from '../store/shapes';
import { markName, serverRun } from './command-mark';
import { containerName } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { announcedPid } from './process-id';
import { readAhead } from './read-ahead';
import { defaultShell, findShell, findStandardShell } from './shell';
import { warmProcess } from './spares/warm-process';

const startLimitMs = 30_000;
/** Tells its pid, then becomes the command: it leads a process group of its own, which can be killed. */
const announce = `export ${markName}="$1.$$"; shift; echo $$ >&2; exec "$@"`;

/** A process in a sandbox. */
export interface BoxProcess {
  container: string;
  workDir: string;
  /** Without what `stdout` and `stderr` have. */
  stream: Omit<ExecStream, 'stdout' | 'stderr'>;
  stdout: Readable;
  stderr: Readable;
  /** Undefined when it did not start. */
  pid: Promise<number | undefined>;
  /** Ends the streams and leaves the process. */
  letGo: () => void;
}

export interface ProcessRequest {
  /** A line for the shell, or an argument vector. Absent: the shell itself. */
  command?: string | string[];
  shell?: string;
  config: StoredRunConfig;
  /** Keeps its stdin open. */
  stdin?: boolean;
  /** Gives it a terminal, into which stderr goes too. */
  tty?: TerminalSize;
}

/** Starts it in a running container. Throws Failure `CommandError` when the shell is missing. */
export async function startProcess(
  lifecycle: Lifecycle,
  boxId: string,
  request: ProcessRequest,
  signal: AbortSignal,
): Promise<BoxProcess> {
  const container = containerName(boxId);
  const standard = await findStandardShell(lifecycle, container, signal);
  const argv = await argumentsOf(lifecycle, container, request, signal);
  if (!standard) {
    const leader = await lifecycle.engine.layProgram(container, 'leader', signal);
    const size = request.tty ? `${request.tty.cols}x${request.tty.rows}` : '-';
    const led = [leader, 'run', `${markName}=${serverRun}`, size, ...argv];
    return coldProcess(lifecycle, container, led, request, signal);
  }
  const announcing = [standard, '-c', `${sizing(request.tty)}${announce}`, 'sh', serverRun, ...argv];
  const process =
    (await warmProcess(lifecycle, boxId, argv, request)) ??
    (await coldProcess(lifecycle, container, announcing, request, signal));
  lifecycle.commandSpares.prepare(boxId, request.config.user, process.stream.exitCode);
  return process;
}

async function coldProcess(
  lifecycle: Lifecycle,
  container: string,
  command: string[],
  { config, stdin, tty }: ProcessRequest,
  signal: AbortSignal,
): Promise<BoxProcess> {
  const reading = new AbortController();
  let limit: NodeJS.Timeout | undefined;
  const callOff = (): void => reading.abort(signal.reason);
  signal.addEventListener('abort', callOff, { once: true });
  // A capture may keep it waiting, for as long as its caller waits. Once it may run it is not called off.
  const begins = (): void => {
    signal.removeEventListener('abort', callOff);
    limit = setTimeout(() => reading.abort(notStarted()), startLimitMs);
  };
  try {
    signal.throwIfAborted();
    const spec = {
      command,
      env: tty ? { TERM: terminalKind, ...config.env_vars } : config.env_vars,
      user: config.user || undefined,
      workDir: config.work_dir,
      stdin,
      tty,
      begins,
    };
    const stream = await lifecycle.engine.exec(container, spec, reading.signal).catch(refusedStart);
    const { stdout, stderr, pid } = announced(stream, tty !== undefined);
    return {
      container,
      workDir: config.work_dir,
      stream,
      stdout,
      stderr,
      pid,
      letGo: () => reading.abort(),
    };
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', callOff);
  }
}

type Heard = Pick<BoxProcess, 'stdout' | 'stderr' | 'pid'>;

function announced({ stdout, stderr }: ExecStream, hasTerminal: boolean): Heard {
  const { pid, rest } = announcedPid(hasTerminal ? stdout : stderr);
  return hasTerminal ? { stdout: rest, stderr, pid } : { stdout: readAhead(stdout, pid), stderr: rest, pid };
}

function notStarted(): Failure {
  return new Failure(400, 'CommandError', 'The container engine did not start the command.');
}

const terminalKind = 'xterm-256color';

/** The engine gives the terminal its size a moment after the start: a program that looks at once must see it too. */
function sizing(tty: TerminalSize | undefined): string {
  return tty ? `stty cols ${tty.cols} rows ${tty.rows} 2>/dev/null; ` : '';
}

/** One product runs a command that can't start, another refuses it, say for its user: both are told alike. */
export function refusedStart(error: unknown): never {
  if (!(error instanceof EngineError) || error.kind !== 'other') throw error;
  throw new Failure(400, 'CommandError', `The command could not be started: ${error.message}`);
}

async function argumentsOf(
  lifecycle: Lifecycle,
  container: string,
  { command, shell: asked = defaultShell }: ProcessRequest,
  signal: AbortSignal,
): Promise<string[]> {
  if (typeof command === 'object') return command;
  const shell = await findShell(lifecycle, container, asked, signal);
  if (shell) return command === undefined ? [shell] : [shell, '-c', command];
  const advice =
    asked === defaultShell
      ? 'Give the command as a list of arguments.'
      : 'Name another shell, or give the command as a list of arguments.';
  throw new Failure(400, 'CommandError', `There is no ${asked} in the sandbox. ${advice}`);
}
