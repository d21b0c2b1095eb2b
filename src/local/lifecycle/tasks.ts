import type { Log } from '../log';
import { settlesWithin } from '../abort';

/** Why a task was told to end, as its signal's reason. */
export class TaskEnded extends Error {
  override readonly name = 'TaskEnded';

  constructor(readonly why: 'deleted' | 'server-stops') {
    super(why === 'deleted' ? 'The resource is being deleted.' : 'The local server stopped.');
  }
}

/** Whether a task's signal was aborted because its resource is being deleted: the deleter then owns what is left. */
export function wasDeleted(signal: AbortSignal): boolean {
  return signal.reason instanceof TaskEnded && signal.reason.why === 'deleted';
}

/** `short` tasks are let finish when the server stops; `long` ones are ended. */
export type TaskLength = 'short' | 'long';

/** Work that outlives the request that asked for it: builds, captures, boots. At most one a key. */
export interface Tasks {
  /** Starts it. `work` records its own outcome; what it throws nevertheless is logged. The promise never rejects. */
  start(key: string, length: TaskLength, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  running(key: string): boolean;
  /** Resolves when the key's task, if there is one, has ended. */
  ended(key: string): Promise<void>;
  /** Tells the key's task to end because its resource is being deleted, and waits for it. */
  cancel(key: string): Promise<void>;
  readonly count: number;
  /** Ends the long ones, waits `graceMs` for the rest, ends what is left and waits as long again. */
  close(graceMs: number): Promise<void>;
}

interface Task {
  length: TaskLength;
  controller: AbortController;
  ended: Promise<void>;
}

export function createTasks(log: Log): Tasks {
  const tasks = new Map<string, Task>();

  const start: Tasks['start'] = (key, length, work) => {
    if (tasks.has(key)) throw new Error(`A task for ${key} is already running.`);
    const controller = new AbortController();
    const ended = Promise.resolve()
      .then(() => work(controller.signal))
      .catch((error: unknown) => log.error(`${key}: ${String(error)}`))
      .finally(() => tasks.delete(key));
    tasks.set(key, { length, controller, ended });
    return ended;
  };
  const ended = (key: string): Promise<void> => tasks.get(key)?.ended ?? Promise.resolve();
  const cancel = (key: string): Promise<void> => {
    tasks.get(key)?.controller.abort(new TaskEnded('deleted'));
    return ended(key);
  };
  const close = async (graceMs: number): Promise<void> => {
    for (const lengths of [['long'], ['long', 'short']]) {
      for (const task of tasks.values()) {
        if (lengths.includes(task.length)) task.controller.abort(new TaskEnded('server-stops'));
      }
      await settlesWithin(Promise.all([...tasks.values()].map((task) => task.ended)), graceMs);
    }
  };
  return {
    start,
    running: (key) => tasks.has(key),
    ended,
    cancel,
    get count() {
      return tasks.size;
    },
    close,
  };
}
