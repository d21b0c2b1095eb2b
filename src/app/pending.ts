import { Observable, type Observed } from './observable';
import { Overtaken } from './outcome';

/** What this window is doing with a resource right now. `waiting` says no more than the resource's own status does. */
export type PendingAction = 'starting' | 'stopping' | 'deleting' | 'capturing' | 'waiting';

/** What an action puts an end to when it begins; beside everything else it is refused. */
const endedBy: Record<PendingAction, readonly PendingAction[]> = {
  starting: ['waiting'],
  stopping: ['waiting', 'starting'],
  capturing: ['waiting'],
  waiting: ['waiting'],
  deleting: ['waiting', 'starting', 'stopping', 'capturing'],
};

/** Refused: what this window is doing with the resource already has to end first. Nothing was asked of the server. */
export class BusyError extends Error {
  override readonly name = 'BusyError';

  constructor(readonly action: PendingAction) {
    super(`this window is still ${action}`);
  }
}

/**
 * The resources that an action of this window is under way for, by id. Rows show it, polling leaves them to the action,
 * and a later action may overtake an earlier one, as `endedBy` says: deleting what is being built ends the wait for it.
 */
export class Pending {
  readonly #actions = new Observable<ReadonlyMap<string, PendingAction>>(new Map());
  readonly #controllers = new Map<string, AbortController>();

  get actions(): Observed<ReadonlyMap<string, PendingAction>> {
    return this.#actions;
  }

  /** Whether `action` makes sense on it now: one that is going away is left alone. */
  allows({ id, status }: { readonly id: string; readonly status: string }, action: PendingAction): boolean {
    return status !== 'deleting' && this.#obstacle(id, action) === undefined;
  }

  /**
   * Runs `work` with a signal that aborts with the caller's, or with `Overtaken`. One action a resource at a time.
   * @throws {BusyError} the one under way is not to be overtaken by this one
   */
  async during<T>(
    id: string,
    action: PendingAction,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const obstacle = this.#obstacle(id, action);
    if (obstacle) throw new BusyError(obstacle);
    this.overtake(id);
    const own = new AbortController();
    this.#controllers.set(id, own);
    this.#actions.set(new Map(this.#actions.value).set(id, action));
    try {
      return await work(AbortSignal.any([signal, own.signal]));
    } finally {
      if (this.#controllers.get(id) === own) this.#end(id);
    }
  }

  overtake(id: string): void {
    this.#controllers.get(id)?.abort(new Overtaken('Another action took over'));
  }

  overtakeAll(): void {
    for (const id of this.#controllers.keys()) this.overtake(id);
  }

  #obstacle(id: string, action: PendingAction): PendingAction | undefined {
    const current = this.#actions.value.get(id);
    return current === undefined || endedBy[action].includes(current) ? undefined : current;
  }

  #end(id: string): void {
    this.#controllers.delete(id);
    const rest = new Map(this.#actions.value);
    rest.delete(id);
    this.#actions.set(rest);
  }
}
