import type { BoxStatus, SnapshotStatus } from '../api/types';
import type { ItemChange } from './activity/items';
import { failureOf, type Failure } from './failure';

/** How a use case ended. `left` is what goes on by itself on the server after we stopped waiting for it. */
export type Outcome<T, Left = never> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'cancelled'; readonly left?: Left }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly left?: Left };

/** The reason a wait ends with when another action of the user made it pointless, such as deleting what it waits for. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** What a use case gets from whoever runs it. */
export interface Run {
  signal: AbortSignal;
  onStep: (step: Step) => void;
  /** Called when there is something on the server that goes on by itself, whoever waits for it. */
  onMade?: (made: { readonly id: string }) => void;
  /** Of an action on several: how far it is with one. Resolves when it is written down. */
  onItem?: (change: ItemChange) => Promise<void>;
}

/**
 * What is going on: the request itself, the server's work with its own words for it, how many bytes have gone, how many
 * of several have ended, or that files are listed.
 */
export type Step =
  | { readonly kind: 'asking' }
  | { readonly kind: 'bytes'; readonly done: number; readonly of: number }
  | { readonly kind: 'counting'; readonly ended: number; readonly of: number }
  | { readonly kind: 'listing' }
  | { readonly kind: 'waiting'; readonly status: BoxStatus | SnapshotStatus; readonly message?: string };

/**
 * Runs a use case and says how it ended; never rejects.
 * `work` calls `started` as soon as something exists on the server that outlives our wait.
 */
export async function settle<T, Left extends { readonly id: string } = never>(
  { signal, onMade }: Pick<Run, 'signal' | 'onMade'>,
  work: (started: (left: Left) => void) => Promise<T>,
): Promise<Outcome<T, Left>> {
  let left: Left | undefined;
  const started = (made: Left): void => {
    left = made;
    onMade?.(made);
  };
  try {
    return { kind: 'done', value: await work(started) };
  } catch (error) {
    if (error instanceof Overtaken) return { kind: 'cancelled' };
    return signal.aborted ? { kind: 'cancelled', left } : { kind: 'failed', failure: failureOf(error), left };
  }
}
