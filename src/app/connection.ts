import type { Failure } from './failure';
import type { Memory } from './memory';
import { Observable } from './observable';
import type { Session } from './session';
import { titledTarget, type Profile, type Target } from './target';

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

export function targetOf(connection: Connection): Target | undefined {
  return connection.state === 'signed-out' ? undefined : connection.target;
}

/** The connection of a window, called what its profile is called by then: it may be renamed while it is tried. */
export class CurrentConnection extends Observable<Connection> {
  readonly #memory: Pick<Memory, 'profiles'>;

  constructor(memory: Pick<Memory, 'profiles'>) {
    super({ state: 'signed-out' });
    this.#memory = memory;
  }

  override set(next: Connection): void {
    super.set(titled(next, this.#memory.profiles));
  }
}

function titled(connection: Connection, profiles: readonly Profile[]): Connection {
  if (connection.state === 'signed-out') return connection;
  const target = titledTarget(connection.target, profiles);
  connection.session?.renamed(titledTarget(connection.session.target, profiles));
  return target === connection.target ? connection : { ...connection, target };
}
