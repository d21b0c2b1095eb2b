/** Ends what it was given for. The editor's own `Disposable` fits it. */
export interface Subscription {
  dispose(): void;
}

/** The reading side of an `Observable`. */
export interface Observed<T> {
  readonly value: T;
  /** Called after each replacement, never with the value that is there already. */
  subscribe(listener: (value: T) => void): Subscription;
}

/** A value that tells its readers when it is replaced. Values are immutable: a change is another value. */
export class Observable<T> implements Observed<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get value(): T {
    return this.#value;
  }

  set(next: T): void {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    for (const listener of [...this.#listeners]) listener(next);
  }

  subscribe(listener: (value: T) => void): Subscription {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }
}
