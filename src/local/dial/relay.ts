import type { Duplex, Readable, Writable } from 'node:stream';
import { relayConnection, type RelayConnection } from './relay-connection';
import { closeFrame, frameReader, portFrame } from './relay-frames';

/** A running relay, as the engine gives it: engine/relay/relay.ts says what it speaks. */
export interface RelayProcess {
  stdin: Writable;
  stdout: Readable;
  /** Ends it and the connection it has. */
  end(): void;
}

/** The relay ended: its sandbox was stopped, or the engine went away. */
export class RelayEnded extends Error {
  override readonly name = 'RelayEnded';
  /** What readers of a broken stream look for. */
  readonly code = 'ECONNRESET';

  constructor() {
    super('The sandbox ended the connection.');
  }
}

/** One connection at a time to any port of one sandbox. */
export interface Relay {
  /**
   * Connects; only when no earlier connection is open. Rejects with PortRefused, RelayEnded, or the signal's reason,
   * which ends the relay. The stream's ways end apart from each other; destroyed before both have, it ends the relay.
   */
  dial(port: number, signal: AbortSignal): Promise<Duplex>;
  end(): void;
}

export interface RelayEvents {
  /** It has no connection any more and can dial again. */
  free(): void;
  /** It will never dial again. */
  ended(): void;
}

/** Takes the process over. */
export function createRelay(process: RelayProcess, events: RelayEvents): Relay {
  let current: RelayConnection | undefined;
  let hasEnded = false;

  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    process.end();
    lose?.();
    current?.lost(new RelayEnded());
    events.ended();
  };
  let lose: (() => void) | undefined;
  const close = (): void => {
    current = undefined;
    if (hasEnded) return;
    process.stdin.write(closeFrame);
    process.stdout.resume();
    events.free();
  };
  const read = frameReader({
    word: (value) => current?.word(value),
    // What the engine has sent already waits in the streams between.
    bytes: (part) => {
      if (current?.bytes(part) === false) process.stdout.pause();
    },
  });
  process.stdout.on('data', read);
  for (const stream of [process.stdin, process.stdout]) stream.on('error', end).on('close', end);

  const dial = (port: number, signal: AbortSignal): Promise<Duplex> =>
    new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        lose = undefined;
        signal.removeEventListener('abort', abort);
        outcome();
      };
      const abort = (): void => {
        settle(() => reject(signal.reason as Error));
        end();
      };
      lose = () => settle(() => reject(new RelayEnded()));
      if (hasEnded) lose();
      else if (signal.aborted) abort();
      if (hasEnded) return;
      signal.addEventListener('abort', abort, { once: true });
      current = relayConnection(process.stdin, {
        connected: (stream) => settle(() => resolve(stream)),
        refused: (error) => {
          close();
          settle(() => reject(error));
        },
        done: close,
        givenUp: end,
        hungry: () => process.stdout.resume(),
      });
      process.stdin.write(portFrame(port));
    });
  return { dial, end };
}
