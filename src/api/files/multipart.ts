import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

export type FileContent = string | Uint8Array | Blob | AsyncIterable<Uint8Array | string>;

export interface MultipartFile {
  headers: Record<string, string>;
  body: Readable;
}

/**
 * One file as a form's part `file`, read as it is sent and never held as a whole.
 * `size` is in bytes: with it the request says its length, without it it is sent in chunks.
 */
export function multipartFile(content: FileContent, size = sizeOf(content)): MultipartFile {
  const boundary = `sandbox-${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="file"\r\n` +
      'content-type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(size !== undefined && { 'content-length': String(head.length + size + tail.length) }),
    },
    body: Readable.from(parts(head, content, tail), { objectMode: false }),
  };
}

async function* parts(head: Buffer, content: FileContent, tail: Buffer): AsyncGenerator<Uint8Array> {
  yield head;
  if (typeof content === 'string') yield Buffer.from(content);
  else if (content instanceof Uint8Array) yield content;
  else {
    const chunks = content instanceof Blob ? content.stream() : content;
    for await (const chunk of chunks as AsyncIterable<Uint8Array | string>) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  }
  yield tail;
}

function sizeOf(content: FileContent): number | undefined {
  if (typeof content === 'string') return Buffer.byteLength(content);
  if (content instanceof Uint8Array) return content.byteLength;
  return content instanceof Blob ? content.size : undefined;
}
