import type { Readable } from 'node:stream';
import type { Reply } from '../transport';

/** What a reply's head tells of a file. `etag` names its state; the other two are absent when the server doesn't tell. */
export interface FileStat {
  /** Bytes of the whole file. */
  size?: number;
  etag?: string;
  /** As the header has it. */
  lastModified?: string;
  contentType?: string;
  /** As the header has it; `none` where the server has no ranges, and absent where it doesn't tell. */
  acceptRanges?: string;
}

export interface FilePart extends FileStat {
  /** `whole`: from the first byte, whatever was asked for. `unchanged`: as `ifNoneMatch` says, without a body. */
  outcome: 'whole' | 'part' | 'unchanged';
  /** Of the body's first byte. */
  offset: number;
  body: Readable;
}

export function readPart(reply: Reply): FilePart {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(reply, 'content-range') ?? '');
  const isPart = reply.statusCode === 206 && range !== null;
  const total = isPart ? range[2] : header(reply, 'content-length');
  return {
    ...statOf(reply),
    outcome: reply.statusCode === 304 ? 'unchanged' : isPart ? 'part' : 'whole',
    offset: isPart ? Number(range[1]) : 0,
    size: total === undefined || total === '*' ? undefined : Number(total),
    body: reply.body,
  };
}

export function statOf(reply: Reply): FileStat {
  const length = header(reply, 'content-length');
  return {
    size: length === undefined ? undefined : Number(length),
    etag: header(reply, 'etag'),
    lastModified: header(reply, 'last-modified'),
    contentType: header(reply, 'content-type'),
    acceptRanges: header(reply, 'accept-ranges'),
  };
}

function header({ headers }: Reply, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
