import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileState } from '../../../../src/api/files/download-ranges';
import type { SeenRequest } from '../scripted-server';

export const quarter = 64 * 1024;

/** A file that a scripted server has. */
export interface RangedFile extends FileState {
  readonly content: Buffer;
}

export function rangedFile(etag = '"e"', size = 4 * quarter): RangedFile {
  return { etag, size, content: randomBytes(size) };
}

/** Undefined where the whole is asked for. `end` is not included. */
export function askedRange({ headers }: Pick<SeenRequest, 'headers'>) {
  const found = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
  return found ? { start: Number(found[1]), end: Number(found[2]) + 1 } : undefined;
}

/** The head of what was asked for, and its bytes, which are not sent yet. */
export function headOf(response: ServerResponse, request: SeenRequest, file: RangedFile): Buffer {
  const range = askedRange(request);
  const isPart = range !== undefined && request.headers['if-range'] === file.etag;
  const body = isPart ? file.content.subarray(range.start, range.end) : file.content;
  response.writeHead(isPart ? 206 : 200, {
    etag: file.etag,
    'content-length': body.length,
    ...(isPart && { 'content-range': `bytes ${range.start}-${range.end - 1}/${file.size}` }),
  });
  return body;
}

/** Where a test's download goes. */
export async function localTarget(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ranges-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return path.join(folder, 'f');
}
