/** For those who pause before they try again: a sign that it may work now ends their pauses. */
export class Nudge {
  readonly #pausing = new Set<() => void>();

  nudge(): void {
    for (const wake of [...this.#pausing]) wake();
  }

  /** Resolves after `ms`, or when nudged; rejects at once with the signal's reason. */
  pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#pausing.delete(settle);
        signal.removeEventListener('abort', settle);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve();
      };
      const timer = setTimeout(settle, ms);
      this.#pausing.add(settle);
      signal.addEventListener('abort', settle, { once: true });
      if (signal.aborted) settle();
    });
  }
}
