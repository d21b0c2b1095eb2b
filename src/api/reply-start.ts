import type { Readable } from 'node:stream';

const largestErrorBody = 64 * 1024;

/** Enough of an error's body to read its sentence; the rest is dropped with the connection. */
export async function readStart(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= largestErrorBody) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
