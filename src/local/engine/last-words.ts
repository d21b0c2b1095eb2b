import { settlesWithin } from '../abort';
import type { Connection } from './connection';
import { EngineError } from './engine-error';
import { isRunning } from './exec-end';

const pauseMs = 250;
/** An engine that keeps this question waiting for so long may be waiting for the output itself. */
const answerLimitMs = 250;
/** Far more than pipes and a socket of this machine hold of a process that has ended. */
const mostUnreadBytes = 2 * 1024 * 1024;

interface Waiting {
  unreadBytes: () => number;
  goOn: () => void;
}

/** Decides how long the reader of a process may keep the engine waiting. One wait at a time. */
export interface LastWords {
  /** Settles as `wait` does, or when the process may have ended and less than 2 MB of the stream is kept unread. */
  unlessEnded(unreadBytes: () => number, wait: () => Promise<void>): Promise<void>;
  /** To be called at the end of the output. */
  stop(): void;
}

/**
 * Docker drops what a process said last when nobody has taken it two seconds after its end, and answers no question about
 * the process until then (moby, `daemon/monitor.go`). While a reader is behind, the engine is asked whether the process
 * still runs; when it may not, all that is on its way is read, and kept until the reader comes.
 */
export function lastWords(
  { http, dialect }: Pick<Connection, 'http' | 'dialect'>,
  execId: string,
  signal: AbortSignal,
): LastWords {
  if (!dialect.dropsLastWords) return { unlessEnded: (_, wait) => wait(), stop: () => undefined };
  let mayHaveEnded = false;
  let isAsking = false;
  let wasBehind = false;
  let waiting: Waiting | undefined;
  let watch: NodeJS.Timeout | undefined;

  const mayGoOn = (unreadBytes: () => number): boolean => mayHaveEnded && unreadBytes() < mostUnreadBytes;
  const goOn = (): void => {
    if (waiting && mayGoOn(waiting.unreadBytes)) waiting.goOn();
  };
  const look = async (): Promise<void> => {
    goOn();
    if (isAsking || !wasBehind) return;
    wasBehind = waiting !== undefined;
    isAsking = true;
    const answer = isRunning(http, execId, signal)
      .then((isStill) => (mayHaveEnded = !isStill))
      .catch((error: unknown) => {
        if (isGone(error)) mayHaveEnded = true;
      })
      .finally(() => (isAsking = false));
    if (!(await settlesWithin(answer, answerLimitMs))) mayHaveEnded = true;
    goOn();
  };
  return {
    unlessEnded: async (unreadBytes, wait) => {
      if (mayGoOn(unreadBytes)) return;
      watch ??= setInterval(() => void look(), pauseMs).unref();
      wasBehind = true;
      let own: Waiting | undefined;
      const released = new Promise<void>((release) => (waiting = own = { unreadBytes, goOn: release }));
      await Promise.race([wait(), released]).finally(() => {
        if (waiting === own) waiting = undefined;
      });
    },
    stop: () => clearInterval(watch),
  };
}

function isGone(error: unknown): boolean {
  return error instanceof EngineError && error.kind === 'not-found';
}
