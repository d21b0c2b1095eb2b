/** What `promise` gives, unless the signal aborts first: then its reason. The promise goes on by itself. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A time limit that shows in `signal.reason` as a `TimeoutError`. */
export function within(ms: number, signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(ms);
  // Without a listener of its own, Node 20 collects it as garbage, and the limit with it.
  limit.addEventListener('abort', () => undefined, { once: true });
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** Resolves when the promise settles either way or the time is over; true when it settled. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return orAborted(settled, AbortSignal.timeout(ms)).catch(() => false);
}
