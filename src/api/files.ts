import type { Readable } from 'node:stream';
import { FormData } from 'undici';
import { dataplaneUrl } from './commands';
import type { CallOptions, Transport } from './transport';
import type { Box, UploadReply } from './types';

/** Long enough for a large file; shorten it by `timeoutMs`. */
const uploadTimeoutMs = 600_000;

/** Writes a file, making its folders; what was there is replaced. `path` is absolute. */
export function upload(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  path: string,
  content: Blob | Uint8Array<ArrayBuffer> | string,
  options: CallOptions = {},
): Promise<UploadReply> {
  const body = new FormData();
  body.append('file', content instanceof Blob ? content : new Blob([content]), 'file');
  const url = `${dataplaneUrl(transport, box)}/upload`;
  return transport.json(
    { method: 'POST', url, query: { path }, body },
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
  const url = `${dataplaneUrl(transport, box)}/download`;
  return transport.stream({ method: 'GET', url, query: { path } }, options);
}
