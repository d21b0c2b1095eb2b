import type { Readable, Writable } from 'node:stream';

export interface ExecSpec {
  command: string[];
  /** Above the container's own. */
  env?: Record<string, string>;
  /** Name or number, with `:group` where wanted; root when absent. */
  user?: string;
  /** The image's when absent. */
  workDir?: string;
  /** Keeps its stdin open for `ExecStream.stdin`. Otherwise it reads its end at once. */
  stdin?: boolean;
  /** Gives it a terminal of this size, in which stderr is part of stdout. */
  tty?: TerminalSize;
  /** Called when nothing keeps it waiting any more, right before the engine is told: from then on it may run. */
  begins?: () => void;
}

export interface TerminalSize {
  cols: number;
  rows: number;
}

/**
 * A process. It leads a process group and a session of its own. Aborting the signal ends the
 * streams and `exitCode` at once with its reason, and leaves the process running.
 * The owner reads (or destroys) both streams: a full one holds the other back.
 */
export interface ExecStream {
  stdout: Readable;
  stderr: Readable;
  /**
   * Where `ExecSpec.stdin` asked for it. `end()` gives the process the end of its input and leaves its output. A process
   * that has ended takes what is written and drops it.
   */
  stdin?: Writable;
  /** Changes the size of its terminal. Nothing happens to a process that has none, or has ended. */
  resize(size: TerminalSize, signal: AbortSignal): Promise<void>;
  /**
   * Settles when the process has ended and both streams are drained; Docker waits 2 s for children that still hold
   * them. A process that could not start has 127 (no such command) or 126, and the reason on stderr.
   */
  exitCode: Promise<number>;
}
