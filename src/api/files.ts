import type { Readable } from 'node:stream';
import { atDataplane } from './dataplane';
import { multipartFile, type FileContent } from './files/multipart';
import type { CallOptions, Transport } from './transport';
import type { Box } from './types';
import type { UploadReply } from './wire/dataplane';

/** Long enough for a large file; shorten it by `timeoutMs`. */
const uploadTimeoutMs = 600_000;

/** Without a byte for so long a download counts as broken. */
export const downloadSilenceMs = 60_000;

/**
 * Writes a file, making its folders; what was there is replaced. `path` is absolute.
 * A stream goes out as it is read, once; `size` (bytes) lets the server know its length before.
 */
export function upload(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  content: FileContent,
  { size, ...options }: CallOptions & { size?: number } = {},
): Promise<UploadReply> {
  const place = atDataplane(transport, box, '/upload');
  return transport.json(
    { method: 'POST', ...place, query: { path }, ...multipartFile(content, size) },
    { timeoutMs: uploadTimeoutMs, ...options },
  );
}

/** The file's bytes as they arrive. Ending the stream early, or aborting the signal, ends the download. */
export function download(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  options?: CallOptions,
): Promise<Readable> {
  const place = atDataplane(transport, box, '/download');
  return transport.stream(
    { method: 'GET', ...place, query: { path }, silenceMs: downloadSilenceMs },
    options,
  );
}
