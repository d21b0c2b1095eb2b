import type { Box, BoxStatus } from '../../api/types';
import type { Failure } from '../failure';

/** The files of a sandbox can't be asked for now. */
export class OutOfReachError extends Error {
  override readonly name = 'OutOfReachError';

  constructor(readonly obstacle: ReachObstacle) {
    super(obstacle.why);
  }

  /** Why there is no connection, where that is known. */
  get failure(): Failure | undefined {
    return this.obstacle.why === 'not-connected' ? this.obstacle.failure : undefined;
  }
}

export type ReachObstacle =
  | { readonly why: 'not-connected'; readonly failure?: Failure }
  /** `on`: the connection's name. */
  | { readonly why: 'gone'; readonly on: string }
  | { readonly why: 'not-running'; readonly box: Box; readonly status: BoxStatus };
