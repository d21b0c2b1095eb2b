import { ApiError } from '../errors';
import { Persistence } from '../persistence';
import type { Transport } from '../transport';
import type { Box } from '../types';
import type { FilePart } from './file-reply';
import { broken, overBreaks, strong, type DownloadedBytes, type ResumeOptions } from './over-breaks';
import { readFile } from './read-file';

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
  const persistence = new Persistence(limits);
  let at = 0;
  let furthest = 0;
  let etag: string | undefined;
  yield* overBreaks(attempt, persistence, options);

  async function* attempt(): AsyncGenerator<DownloadedBytes, boolean> {
    const isResuming = at > 0 && etag !== undefined;
    const part = await partFrom(isResuming ? { range: { start: at }, ifRange: etag } : {});
    if (!part) {
      at = 0;
      return false;
    }
    at = part.offset;
    etag = strong(part.etag);
    for await (const bytes of part.body as AsyncIterable<Buffer>) {
      yield { offset: at, bytes };
      at += bytes.length;
      if (at > furthest) persistence.reset();
      furthest = Math.max(furthest, at);
    }
    if (!isWhole(part, at)) throw broken();
    if (at === 0) yield { offset: 0, bytes: Buffer.alloc(0) };
    return true;
  }

  /** Undefined where it is of another state than what is here. */
  async function partFrom(query: Parameters<typeof readFile>[3]): Promise<FilePart | undefined> {
    try {
      const part = await readFile(transport, box, path, query, options);
      if (part.outcome !== 'part' || part.etag === undefined || part.etag === query?.ifRange) return part;
      part.body.destroy();
    } catch (error) {
      // A file that has shrunk: nothing is behind what we have of the older one.
      if (!(error instanceof ApiError) || error.status !== 416 || at === 0) throw error;
    }
    return undefined;
  }
}

/** A server that doesn't tell the size ends the body in its own way; one that breaks throws. */
function isWhole({ size }: FilePart, at: number): boolean {
  return size === undefined || at >= size;
}
