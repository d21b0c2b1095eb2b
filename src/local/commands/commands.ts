import { randomUUID } from 'node:crypto';
import { Failure } from '../failure';
import { settlesWithin } from '../abort';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { alarm } from './alarm';
import type { Command } from './command';
import { createMemory } from './memory';
import { startCommand, type CommandRequest } from './start';

/** The commands of all sandboxes that run, or ended a short while ago. WebSockets and event streams share them. */
export interface Commands {
  /**
   * The command of that id, which is started unless it was before: then everything else in the request counts for
   * nothing. Without an id it is always a new one. Throws Failure, 404 `SessionExpired` for one that is no longer kept:
   * whoever sends it again wants no second run.
   */
  open(
    boxId: string,
    id: string | undefined,
    request: CommandRequest & { ttlSeconds?: number },
  ): Promise<Command>;
  /** Throws Failure 404 `CommandNotFound`, or `SessionExpired` for one that is no longer kept. */
  find(boxId: string, id: string): Promise<Command>;
  /** Of those that have not ended. */
  readonly running: number;
  /** Kills all that run, within a bounded time. */
  close(): Promise<void>;
}

const mostRunning = 500;
const closeLimitMs = 8_000;

/** `keepAwake` tells that a command runs in a sandbox, which is then not idle, and gives the way to tell that it ended. */
export function createCommands(lifecycle: Lifecycle, keepAwake: (boxId: string) => () => void): Commands {
  const known = new Map<string, Promise<Command>>();
  const running = new Set<string>();
  const forget = (key: string): void => void known.delete(key);
  const memory = createMemory(forget);
  let isClosed = false;

  const open: Commands['open'] = (boxId, id = randomUUID(), request) => {
    const key = keyOf(boxId, id);
    const before = known.get(key);
    if (before) return before;
    if (memory.wasKept(key)) throw expired(id);
    if (isClosed) throw new Failure(503, 'ServiceUnavailable', 'The local server stops.');
    if (running.size >= mostRunning) {
      throw new Failure(
        503,
        'ServiceUnavailable',
        `${mostRunning} commands run already. Wait for one to end, or kill one.`,
      );
    }
    running.add(key);
    const allowSleep = keepAwake(boxId);
    const started = startCommand(lifecycle, boxId, id, request);
    known.set(key, started);
    started
      .then((command) => lookAfter(key, command, request.ttlSeconds))
      .catch(() => forget(key)) // told to whoever opened it
      .finally(() => {
        running.delete(key);
        allowSleep();
      });
    return started;
  };
  const lookAfter = async (key: string, command: Command, ttlSeconds?: number): Promise<void> => {
    await command.ended;
    memory.keep(key, command);
    alarm(ttlSeconds, () => memory.drop(key)).start();
  };
  const find: Commands['find'] = (boxId, id) => {
    const key = keyOf(boxId, id);
    const command = known.get(key);
    if (command) return command;
    throw memory.wasKept(key) ? expired(id) : unknown(id);
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    const ends = [...running].map(async (key) => (await known.get(key))?.kill());
    await settlesWithin(Promise.allSettled(ends), closeLimitMs);
  };
  return {
    open,
    find,
    get running() {
      return running.size;
    },
    close,
  };
}

function keyOf(boxId: string, id: string): string {
  return `${boxId} ${id}`;
}

function expired(id: string): Failure {
  return new Failure(404, 'SessionExpired', `Command ${id} ended, and its output is no longer kept.`);
}

function unknown(id: string): Failure {
  return new Failure(
    404,
    'CommandNotFound',
    `There is no command ${id} in this sandbox. Commands end when the local server is restarted.`,
  );
}
