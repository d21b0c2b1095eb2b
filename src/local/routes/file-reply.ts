import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BoxFile } from '../lifecycle/download';
import type { FilePart } from '../lifecycle/file-part';
import { byteRange } from './byte-range';

/**
 * A file as GET or HEAD of the wire: validators, conditions and one range. `open` is called only when bytes are sent.
 */
export async function fileReply(
  request: Request,
  file: BoxFile,
  open: (part: FilePart) => Promise<Readable>,
): Promise<Response> {
  const etag = etagOf(file);
  const headers = new Headers({
    ETag: etag,
    'Last-Modified': file.modifiedAt.toUTCString(),
    'Content-Type': 'application/octet-stream',
    'Accept-Ranges': 'bytes',
  });
  if (matches(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers });

  const ifRange = request.headers.get('if-range');
  const isSame = ifRange === null || ifRange === etag || ifRange === headers.get('last-modified');
  const range = byteRange(isSame ? request.headers.get('range') : null, file.sizeBytes);
  if (range === 'beyond') {
    headers.set('Content-Range', `bytes */${file.sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range === 'all' ? { start: 0, end: file.sizeBytes - 1 } : range;
  headers.set('Content-Length', String(part.end - part.start + 1));
  if (range !== 'all') headers.set('Content-Range', `bytes ${part.start}-${part.end}/${file.sizeBytes}`);
  const status = range === 'all' ? 200 : 206;
  if (request.method === 'HEAD' || file.sizeBytes === 0) return new Response(null, { status, headers });
  return new Response(Readable.toWeb(await open(part)) as ReadableStream<Uint8Array>, { status, headers });
}

/** Opaque: changes with the file's name, size and time. */
function etagOf({ path, sizeBytes, modifiedAt }: BoxFile): string {
  const facts = `${path}\0${sizeBytes}\0${modifiedAt.getTime()}`;
  return `"${createHash('sha256').update(facts).digest('base64url').slice(0, 22)}"`;
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const listed = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return listed.includes('*') || listed.includes(etag);
}
