import type { Failure } from './failure';
import type { Session } from './session';
import type { Target } from './target';

/**
 * Where the window stands with its one connection. A session, once there, stays through a broken connection:
 * its rows go on being shown while the server is found again.
 */
export type Connection =
  | { readonly state: 'signed-out'; readonly session?: undefined }
  | { readonly state: 'connecting'; readonly target: Target; readonly session?: Session }
  | {
      readonly state: 'connected';
      readonly target: Target;
      readonly endpoint: string;
      readonly session: Session;
    }
  | {
      readonly state: 'failed';
      readonly target: Target;
      readonly failure: Failure;
      readonly session?: Session;
    };
