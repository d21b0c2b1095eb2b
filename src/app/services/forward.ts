import type { Failure } from '../failure';
import type { Ended } from '../running-box';

/** A port of a sandbox that is reached on this machine while the window is open. */
export interface Forward {
  readonly boxId: string;
  readonly boxName: string;
  readonly port: number;
  /** On this machine's loopback. */
  readonly localPort: number;
  /** Why the last connection came to nothing; absent when it was made. */
  readonly failure?: Failure;
}

/** Forwards of one sandbox that ended although nobody asked for it. */
export interface ForwardsEnded {
  readonly forwards: readonly Forward[];
  readonly why: Ended | 'disconnected';
}

export function isSameForward(
  one: Pick<Forward, 'boxId' | 'port'>,
  other: Pick<Forward, 'boxId' | 'port'>,
): boolean {
  return one.boxId === other.boxId && one.port === other.port;
}
