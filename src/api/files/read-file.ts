import { atDataplane } from '../dataplane';
import { downloadSilenceMs } from '../files';
import type { CallOptions, Transport } from '../transport';
import type { Box } from '../types';
import { readPart, statOf, type FilePart, type FileStat } from './file-reply';

/** Bytes, `end` included. `last` is so many from the end. */
export type ByteRange = { start: number; end?: number } | { last: number };

export interface ReadFileQuery {
  range?: ByteRange;
  /** An `etag`: the part is wanted of that state of the file alone; of another the whole comes. */
  ifRange?: string;
  /** An `etag`: nothing is wanted of that state. */
  ifNoneMatch?: string;
}

/** Without its bytes. */
export async function statFile(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  options?: CallOptions,
): Promise<FileStat> {
  const place = atDataplane(transport, box, '/download');
  const reply = await transport.reply({ method: 'HEAD', ...place, query: { path } }, options);
  await reply.body.dump();
  return statOf(reply);
}

/**
 * A file or a part of it, as it arrives.
 * @throws {ApiError} status 416 for a range that starts behind the end
 */
export async function readFile(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  { range, ifRange, ifNoneMatch }: ReadFileQuery = {},
  options?: CallOptions,
): Promise<FilePart> {
  const place = atDataplane(transport, box, '/download');
  const headers = {
    ...(range && { range: rangeHeader(range) }),
    ...(ifRange !== undefined && { 'if-range': ifRange }),
    ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
  };
  const spec = { method: 'GET' as const, ...place, query: { path }, headers, silenceMs: downloadSilenceMs };
  return readPart(await transport.reply(spec, options));
}

function rangeHeader(range: ByteRange): string {
  return 'last' in range ? `bytes=-${range.last}` : `bytes=${range.start}-${range.end ?? ''}`;
}
