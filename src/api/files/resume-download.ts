import { open } from 'node:fs/promises';
import { Persistence, type PersistenceLimits } from '../persistence';
import { ApiError } from '../errors';
import { failureOfThrown } from '../failure';
import type { CallOptions, Transport } from '../transport';
import type { Box } from '../types';
import type { FilePart } from './file-reply';
import { readFile } from './read-file';

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

/**
 * A file over connections that may break: it goes on at the byte where it stopped as long as the file is the same (its ETag),
 * and starts over when it is not. `timeoutMs` bounds the wait for each reply's head.
 */
export async function* downloadResuming(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  { persistence: limits, ...options }: ResumeOptions = {},
): AsyncGenerator<DownloadedBytes, void> {
  const signal = options.signal ?? new AbortController().signal;
  const persistence = new Persistence(limits);
  let at = 0;
  let furthest = 0;
  let etag: string | undefined;
  for (;;) {
    try {
      const isResuming = at > 0 && etag !== undefined;
      const query = isResuming ? { range: { start: at }, ifRange: etag } : {};
      const part = await readFile(transport, box, path, query, options);
      at = part.offset;
      etag = strong(part.etag);
      for await (const bytes of part.body as AsyncIterable<Buffer>) {
        yield { offset: at, bytes };
        at += bytes.length;
        if (at > furthest) persistence.reset();
        furthest = Math.max(furthest, at);
      }
      if (isWhole(part, at)) {
        if (at === 0) yield { offset: 0, bytes: Buffer.alloc(0) };
        return;
      }
      throw broken();
    } catch (thrown) {
      const failure = failureOfThrown(
        { method: 'GET', path: '/download' },
        thrown,
        signal,
        options.timeoutMs ?? 0,
      );
      // A file that has shrunk: nothing is behind what we have of the older one.
      if (failure instanceof ApiError && failure.status === 416 && at > 0) {
        at = 0;
        continue;
      }
      await nextTry(persistence, failure, signal, options.beforeRetry);
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
      await beforeRetry?.();
      return;
    } catch (error) {
      last = error;
    }
  }
}

/** Into a file on this machine, which is made or replaced. Gives its size. */
export async function downloadToFile(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  localPath: string,
  options?: ResumeOptions,
): Promise<number> {
  await using file = await open(localPath, 'w');
  let size = 0;
  for await (const { offset, bytes } of downloadResuming(transport, box, path, options)) {
    if (offset < size) await file.truncate(offset);
    for (let done = 0; done < bytes.length;) {
      done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    }
    size = offset + bytes.length;
    options?.onBytes?.(size);
  }
  return size;
}

/** A weak one does not promise the same bytes. */
function strong(etag: string | undefined): string | undefined {
  return etag?.startsWith('W/') ? undefined : etag;
}

/** A server that doesn't tell the size ends the body in its own way; one that breaks throws. */
function isWhole({ size }: FilePart, at: number): boolean {
  return size === undefined || at >= size;
}

function broken(): ApiError {
  const facts = { kind: 'ambiguous', method: 'GET', path: '/download' } as const;
  return new ApiError('The download broke before its end', facts);
}
