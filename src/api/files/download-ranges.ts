import { ApiError } from '../errors';
import { Persistence } from '../persistence';
import type { Transport } from '../transport';
import type { Box } from '../types';
import { broken, downloadCall, overBreaks, type DownloadedBytes, type ResumeOptions } from './over-breaks';
import { readFile } from './read-file';

/** The state of a file that all its ranges have to be of. */
export interface FileState {
  size: number;
  /** A strong one. */
  etag: string;
}

/** `end` included; all before `at` is here. */
export interface Range {
  readonly end: number;
  at: number;
}

/** As long as each other, give or take a byte. */
export function rangesOf(size: number, count: number): Range[] {
  const bound = (at: number): number => Math.floor((size * at) / count);
  return Array.from({ length: count }, (_, at) => ({ at: bound(at), end: bound(at + 1) - 1 }));
}

/** Bytes from the file's beginning without a gap. */
export function beginningOf(ranges: readonly Range[]): number {
  return (ranges.find(({ at, end }) => at <= end) ?? ranges.at(-1))?.at ?? 0;
}

/**
 * A file's ranges side by side, each over connections that may break, and each given to `take` in its own order. All
 * have ended when this does. The first is answered before the others are asked for: not all servers know ranges.
 * @throws {ApiError} that `isOtherState` knows when a range is not to be had of this state of the file
 */
export async function downloadRanges(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  { state, ranges, take }: { state: FileState; ranges: readonly Range[]; take: Take },
  { persistence: limits, signal, onBytes, ...options }: ResumeOptions = {},
): Promise<void> {
  const stop = new AbortController();
  const call = { ...options, signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal };
  const all = ranges.map((range) => ({ range, persistence: new Persistence(limits) }));
  const begun: Promise<void>[] = [];
  let done = 0;
  const begin = (each: (typeof all)[number]): void => {
    begun.push(download(each).catch((error: unknown) => stop.abort(error)));
  };
  const download = async ({ range, persistence }: (typeof all)[number]): Promise<void> => {
    const attempt = (): ReturnType<typeof rest> => rest(transport, box, path, state, range, call);
    for await (const piece of overBreaks(attempt, persistence, call)) {
      if (begun.length === 1) all.slice(1).forEach(begin);
      await take(piece);
      range.at += piece.bytes.length;
      done += piece.bytes.length;
      // A server that refuses one of them for being one too many gets further with the others.
      for (const each of all) each.persistence.reset();
      onBytes?.(done);
    }
  };
  all.slice(0, 1).forEach(begin);
  for (const each of begun) await each; // The first begins the others.
  stop.signal.throwIfAborted();
}

export type Take = (piece: DownloadedBytes) => Promise<void>;

/** What is missing of a range. */
async function* rest(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  { size, etag }: FileState,
  { at, end }: Range,
  options: ResumeOptions,
): AsyncGenerator<DownloadedBytes, boolean> {
  const query = { range: { start: at, end }, ifRange: etag };
  const part = await readFile(transport, box, path, query, options);
  if (part.outcome !== 'part' || part.offset !== at || part.etag !== etag || part.size !== size) {
    part.body.destroy();
    throw otherState();
  }
  let offset = at;
  for await (const arrived of part.body as AsyncIterable<Buffer>) {
    const bytes = arrived.subarray(0, end + 1 - offset);
    yield { offset, bytes };
    offset += bytes.length;
  }
  if (offset <= end) throw broken();
  return true;
}

/** As a server says it that was asked with `If-Match`. */
function otherState(): ApiError {
  const message = 'The file is not, or no longer, to be had in ranges';
  return new ApiError(message, { ...downloadCall, kind: 'invalid', status: 412 });
}

export function isOtherState(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 412 || error.status === 416);
}
