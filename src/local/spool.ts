import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { Failure } from './failure';
import type { SpooledFile } from './lifecycle/upload';
import { messageOf } from './message-of';

export interface OwnedSpooledFile extends SpooledFile {
  /** By whoever asked for it. A missing file is no error. */
  remove: () => Promise<void>;
}

/** What is written of a file at a time. */
const chunkBytes = 1024 * 1024;
const partName = 'file';

/**
 * Writes the part `file` of a multipart body to a file of its own: a tar needs its size, which only the end tells.
 * Throws Failure `WriteError` for a body that is none or is cut off; nothing is left behind then.
 */
export async function spoolUpload(
  request: IncomingMessage,
  folder: string,
  signal: AbortSignal,
): Promise<OwnedSpooledFile> {
  const target = path.join(folder, randomUUID());
  const remove = (): Promise<void> => rm(target, { force: true });
  const parser = parserFor(request);
  if (!parser) throw writeError(`Send the bytes as multipart/form-data with a part named "${partName}".`);
  let written: Promise<number> | undefined;
  parser.on('file', (field: string, stream: BusboyFileStream) => {
    if (field !== partName || written) stream.resume();
    else {
      written = writeTo(target, stream, signal);
      written.catch(() => parser.destroy());
    }
  });
  try {
    await pipeline(request, parser, { signal });
    if (!written) throw writeError(`The body has no part named "${partName}".`);
    return { path: target, sizeBytes: await written, remove };
  } catch (error) {
    const reason = await (written ?? Promise.resolve()).then(
      () => error,
      (failure: unknown) => failure,
    );
    await remove();
    throw signal.aborted || reason instanceof Failure ? reason : spoolFailure(reason);
  }
}

/**
 * Bytes written. When the file takes no more, the rest is read all the same, and the failure told in the end: a caller
 * that is still sending would not hear an answer.
 */
async function writeTo(target: string, stream: BusboyFileStream, signal: AbortSignal): Promise<number> {
  const file = createWriteStream(target, { mode: 0o600, flags: 'wx', highWaterMark: chunkBytes });
  let failure: Error | undefined;
  let waiting: (() => void) | undefined;
  const goOn = (): void => {
    const next = waiting;
    waiting = undefined;
    next?.();
  };
  file.on('drain', goOn);
  file.on('error', (error) => {
    failure ??= error;
    goOn();
  });
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (failure || file.write(chunk)) done();
      else waiting = done;
    },
    final: (done) => {
      if (failure) {
        done();
        return;
      }
      waiting = done;
      file.end(goOn);
    },
  });
  try {
    await pipeline(stream, sink, { signal });
  } finally {
    file.destroy();
  }
  if (failure) throw failure;
  return file.bytesWritten;
}

/** Undefined for a body that is not multipart. */
function parserFor(request: IncomingMessage): BusboyInstance | undefined {
  const type = request.headers['content-type'];
  if (!type) return undefined;
  try {
    return new Busboy({ headers: { 'content-type': type }, limits: { files: 4, fields: 16 } });
  } catch {
    return undefined;
  }
}

function spoolFailure(error: unknown): Failure {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return writeError("No space is left on the local server's disk.");
  const reason = messageOf(error);
  // The parser's own errors have no code.
  const wayOut = code === undefined ? '. Send it whole, with the boundary that its Content-Type names.' : '';
  return writeError(`The upload could not be read: ${reason}${wayOut}`);
}

function writeError(message: string): Failure {
  return new Failure(400, 'WriteError', message);
}
