import type { Writable } from 'node:stream';

/** Resolves with the first of these events; rejects with the signal's reason. An error of the stream is its owner's to see. */
export function oneOf(stream: Writable, events: string[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => settle(() => reject(signal?.reason as Error));
    const done = (): void => settle(resolve);
    const settle = (outcome: () => void): void => {
      signal?.removeEventListener('abort', abort);
      for (const event of events) stream.off(event, done);
      outcome();
    };
    signal?.addEventListener('abort', abort);
    for (const event of events) stream.on(event, done);
    if (signal?.aborted) abort();
  });
}
