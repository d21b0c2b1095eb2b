import type { Readable } from 'node:stream';

/** More was written than may be kept. */
export class OutputTooLarge extends Error {
  override readonly name = 'OutputTooLarge';
}

/** The whole of a stream as text, with U+FFFD for what is no UTF-8. Rejects OutputTooLarge beyond `mostBytes`. */
export async function collectText(stream: Readable, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new OutputTooLarge(`more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
