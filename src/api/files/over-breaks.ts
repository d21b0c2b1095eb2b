import { abortable } from '../abortable';
import { failureOfThrown } from '../failure';
import type { Persistence, PersistenceLimits } from '../persistence';
import { ApiError } from '../errors';
import type { CallOptions } from '../transport';

export interface ResumeOptions extends CallOptions {
  persistence?: PersistenceLimits;
  /** Before each further try. An ApiError of it counts as a try that led nowhere; any other error ends the download. */
  beforeRetry?: () => Promise<void>;
  /** Called as bytes arrive, with how many of the file are here; fewer than before when it starts over. */
  onBytes?: (size: number) => void;
}

/** Bytes and where they belong. `offset` 0 after others: the file has changed, and what came before is void. */
export interface DownloadedBytes {
  offset: number;
  bytes: Buffer;
}

export const downloadCall = { method: 'GET', path: '/download' } as const;

/** Tries until one says that it was the last. One that fails is followed by a pause; one that says `false` is not. */
export async function* overBreaks(
  attempt: () => AsyncGenerator<DownloadedBytes, boolean>,
  persistence: Persistence,
  { signal = new AbortController().signal, timeoutMs = 0, beforeRetry }: ResumeOptions,
): AsyncGenerator<DownloadedBytes, void> {
  for (;;) {
    try {
      if (yield* attempt()) return;
    } catch (thrown) {
      const failure = failureOfThrown(downloadCall, thrown, signal, timeoutMs);
      await nextTry(persistence, failure, signal, beforeRetry);
    }
  }
}

async function nextTry(
  persistence: Persistence,
  failure: unknown,
  signal: AbortSignal,
  beforeRetry: ResumeOptions['beforeRetry'],
): Promise<void> {
  for (let last = failure; ;) {
    await persistence.next(last, { signal });
    try {
      await abortable(beforeRetry?.() ?? Promise.resolve(), signal);
      return;
    } catch (error) {
      last = error;
    }
  }
}

export function broken(): ApiError {
  return new ApiError('The download broke before its end', { ...downloadCall, kind: 'ambiguous' });
}

/** A weak one does not promise the same bytes. */
export function strong(etag: string | undefined): string | undefined {
  return etag?.startsWith('W/') ? undefined : etag;
}
