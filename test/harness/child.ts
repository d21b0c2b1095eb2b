import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that runs beside a test, says on stdout, in one line, when it is ready, and logs on stderr. */
export interface Child {
  pid: number;
  /** Its first line on stdout. */
  readyLine: string;
  /** All of stderr so far. */
  stderr(): string;
  /** The exit code, or the signal's name, once it has ended. */
  ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export interface ChildOptions {
  env?: NodeJS.ProcessEnv;
  /** Path of the Node to run it with; this process's own unless given. */
  node?: string;
  /** Written to stdin, which is then closed. */
  input?: string;
  readyWithinMs?: number;
}

/** On Linux the kernel ends it with the test's process, however that ends. */
const boundToTest = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'TERM'] : [];

/** Starts a Node program; rejects with its stderr when it ends, or stays silent, before its line has come. */
export async function startChild(
  args: string[],
  { env, node = process.execPath, input = '', readyWithinMs = 60_000 }: ChildOptions,
): Promise<Child> {
  const [program, ...rest] = [...boundToTest, node, ...args];
  const process_ = spawn(program ?? '', rest, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  process_.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  process_.stdin.on('error', () => undefined); // it may end without reading its input
  process_.stdin.end(input);
  const ended = new Promise<number | string>((resolve) => {
    process_.once('close', (code, signal) => resolve(signal ?? code ?? 0));
  });
  const line = await firstLine(process_, readyWithinMs);
  if (line === undefined) {
    process_.kill('SIGKILL');
    throw new Error(`${args.join(' ')} did not become ready (ended: ${await ended})\n${stderr}`);
  }
  return {
    pid: process_.pid ?? 0,
    readyLine: line,
    stderr: () => stderr,
    ended,
    kill: (signal) => void process_.kill(signal),
  };
}

/** Undefined when it ended first, could not be started, or took too long. */
function firstLine(child: ChildProcess, withinMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), withinMs);
    const settle = (line?: string) => {
      clearTimeout(timer);
      resolve(line);
    };
    child.once('error', () => settle());
    child.once('close', () => settle());
    if (child.stdout) createInterface(child.stdout).once('line', settle);
  });
}
