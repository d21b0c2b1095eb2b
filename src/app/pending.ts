import { Observable, type Observed } from './observable';
import { Overtaken } from './outcome';

/** What this window is doing with a resource right now. `waiting` says no more than the resource's own status does. */
export type PendingAction = 'starting' | 'stopping' | 'deleting' | 'capturing' | 'waiting';

/**
 * The resources that an action of this window is under way for, by id. Rows show it, polling leaves them to the action,
 * and a later action may overtake an earlier one: deleting what is being built ends the wait for the build.
 */
export class Pending {
  readonly #actions = new Observable<ReadonlyMap<string, PendingAction>>(new Map());
  readonly #controllers = new Map<string, AbortController>();

  get actions(): Observed<ReadonlyMap<string, PendingAction>> {
    return this.#actions;
  }

  /** Runs `work` with a signal that aborts with the caller's, or with `Overtaken`. One action a resource at a time. */
  async during<T>(
    id: string,
    action: PendingAction,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
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

  #end(id: string): void {
    this.#controllers.delete(id);
    const rest = new Map(this.#actions.value);
    rest.delete(id);
    this.#actions.set(rest);
  }
}
