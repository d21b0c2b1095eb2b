import type { Readable } from 'node:stream';
import type { ExecStream } from '../../engine/exec-shapes';
import { findBox } from '../../store/boxes';
import { settlesWithin } from '../../abort';
import { serverRun } from '../command-mark';
import { boxKey, containerName } from '../engine-names';
import type { Lifecycle } from '../lifecycle';
import { announcedPid } from '../process-id';
import { waitingScript } from './waiting-shell';

/** A shell in a sandbox that waits for the line that makes it a command. */
export interface WaitingShell {
  stream: ExecStream;
  /** What follows the pid that it told when it began to wait. */
  stderr: Readable;
  /** Ends the streams and leaves the process. */
  letGo: () => void;
}

/** Shells that wait in sandboxes where commands were run lately: at most one each. They count as no use of the sandbox. */
export interface CommandSpares {
  /** The shell that waits in this sandbox as this user, which is the caller's from then on. */
  claim(boxId: string, user: string): WaitingShell | undefined;
  /** A command of this user was started: once it has ended, or has had the engine for a moment, another may come. */
  prepare(boxId: string, user: string, ended: Promise<unknown>): void;
  /**
   * The sandbox, whose turn the caller has, is about to be stopped, paused or removed. Resolves when no shell waits in
   * it, or starts: Docker 20.10 never thaws a container that was frozen while a process started or ended in it.
   */
  drop(boxId: string): Promise<void>;
  close(): Promise<void>;
}

const mostSpares = 8;
const idleMs = 5 * 60_000;
const headStartMs = 200;
/** What often follows a command at once, a capture, would have to wait for a shell that starts. */
const restMs = 50;
const startLimitMs = 20_000;
const endLimitMs = 2_000;
/** For a start under way, and the end. */
const dropLimitMs = 10_000;

interface Spare {
  user: string;
  /** Resolves, either way, when it has started. */
  started: Promise<void>;
  /** Undefined until then, and where that failed. */
  shell?: WaitingShell;
  idle: NodeJS.Timeout;
}

export function createCommandSpares({
  engine,
  database,
  turns,
  log,
}: Pick<Lifecycle, 'engine' | 'database' | 'turns' | 'log'>): CommandSpares {
  /** The one that was used last stands last. */
  const spares = new Map<string, Spare>();
  const ending = new Map<Promise<void>, string>();
  let isClosed = false;

  /** Whoever stops or captures a sandbox has its turn: then only the engine can tell what may still be started. */
  const isQuiet = (boxId: string): boolean => turns.quietSince(boxKey(boxId), turns.moment());

  const claim = (boxId: string, user: string): WaitingShell | undefined => {
    const spare = spares.get(boxId);
    if (!spare?.shell || spare.user !== user || !isQuiet(boxId)) return undefined;
    forget(boxId, spare);
    return spare.shell;
  };
  const prepare = (boxId: string, user: string, ended: Promise<unknown>): void => {
    void settlesWithin(ended, headStartMs).then(() => setTimeout(begin, restMs, boxId, user).unref());
  };
  const begin = (boxId: string, user: string): void => {
    const before = spares.get(boxId);
    if (before?.user === user) before.idle.refresh();
    if (isClosed || before?.user === user) return;
    if (!isQuiet(boxId) || findBox(database, boxId)?.status !== 'ready') return;
    void drop(boxId);
    const idle = setTimeout(() => void drop(boxId), idleMs).unref();
    const spare: Spare = { user, idle, started: Promise.resolve() };
    spares.set(boxId, spare);
    const [oldest] = spares.keys();
    if (oldest !== undefined && spares.size > mostSpares) void drop(oldest);
    spare.started = start(boxId, user)
      .then((shell) => {
        spare.shell = shell;
        void shell.stream.exitCode.catch(() => undefined).then(() => forget(boxId, spare));
      })
      .catch((error: unknown) => {
        forget(boxId, spare);
        log.info(`no command is kept ready in sandbox ${boxId}: ${String(error)}`);
      });
  };
  const start = async (boxId: string, user: string): Promise<WaitingShell> => {
    const reading = new AbortController();
    const letGo = (): void => reading.abort();
    const limit = setTimeout(letGo, startLimitMs);
    try {
      const command = ['/bin/sh', '-c', waitingScript, 'sh', serverRun];
      const spec = { command, user: user || undefined, workDir: '/', stdin: true };
      const stream = await engine.exec(containerName(boxId), spec, reading.signal);
      const { pid, rest } = announcedPid(stream.stderr);
      if ((await pid) === undefined) throw new Error('The shell does not wait.');
      return { stream, stderr: rest, letGo };
    } catch (error) {
      letGo();
      throw error;
    } finally {
      clearTimeout(limit);
    }
  };
  const forget = (boxId: string, spare: Spare): void => {
    clearTimeout(spare.idle);
    if (spares.get(boxId) === spare) spares.delete(boxId);
  };
  const drop = async (boxId: string): Promise<void> => {
    const spare = spares.get(boxId);
    if (spare) {
      forget(boxId, spare);
      const ended = spare.started.then(() => spare.shell && end(spare.shell));
      ending.set(ended, boxId);
      void ended.then(() => ending.delete(ended));
    }
    const those = [...ending].filter(([, of]) => of === boxId).map(([ended]) => ended);
    await settlesWithin(Promise.all(those), dropLimitMs);
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    await Promise.all([...spares.keys(), ...ending.values()].map(drop));
  };
  return { claim, prepare, drop, close };
}

/** It ends by itself at the end of its input; one that is frozen does so when it is thawed. */
async function end({ stream, stderr, letGo }: WaitingShell): Promise<void> {
  stream.stdin?.end();
  stream.stdout.resume();
  stderr.resume();
  await settlesWithin(stream.exitCode, endLimitMs);
  letGo();
}
