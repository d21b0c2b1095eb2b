/** Tells whoever waits that something changed. What changed they look up themselves. */
export interface Bell {
  ring(): void;
  /** Resolves with the next ring. Asked for before a look, so that nothing that happens after the look is missed. */
  next(): Promise<void>;
}

export function createBell(): Bell {
  let resolve: (() => void) | undefined;
  let promise: Promise<void> | undefined;
  return {
    ring: () => {
      resolve?.();
      promise = undefined;
    },
    next: () => (promise ??= new Promise((heard) => (resolve = heard))),
  };
}
