import type { Readable, Writable } from 'node:stream';
import type { Engine } from './engine/engine';

/** Why a program was let go, for whoever still reads from it. */
const letGo = 'The connection into the sandbox was closed.';

/** A program of ours that runs in a sandbox. */
export interface ProgramProcess {
  stdin: Writable;
  stdout: Readable;
  /** Lets it go: its stdin ends, and so does it. */
  end(): void;
}

export interface ProgramSpec {
  program: 'relay' | 'agent';
  args?: string[];
  /** The image's unless given. */
  user?: string;
}

/** Starts it in a running container. Rejects as `Engine.exec` does, or with the signal's reason. */
export async function openProgram(
  engine: Engine,
  container: string,
  { program, args = [], user }: ProgramSpec,
  signal: AbortSignal,
): Promise<ProgramProcess> {
  const path = await engine.layProgram(container, program, signal);
  const running = new AbortController();
  const end = (): void => running.abort(new Error(letGo));
  signal.addEventListener('abort', end, { once: true });
  try {
    const spec = { command: [path, ...args], stdin: true, user, workDir: '/' };
    const { stdin, stdout, stderr } = await engine.exec(container, spec, running.signal);
    signal.throwIfAborted();
    if (!stdin) throw new Error('The engine gave a process no stdin.');
    stderr.resume();
    return { stdin, stdout, end };
  } finally {
    signal.removeEventListener('abort', end);
  }
}
