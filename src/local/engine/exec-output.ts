import { PassThrough, type Readable } from 'node:stream';
import type { Connection } from './connection';
import type { ExecSpec, ExecStream } from './exec-shapes';
import { exitCodeOf, isStartFailure, startFailureCode } from './exec-end';
import { connectionFailure } from './http/connection-failure';
import { lastWords } from './last-words';
import { demultiplexed, type Piece } from './multiplexed';
import { drain, unreadBytes, write } from './output';

export interface ExecIds {
  container: string;
  execId: string;
}

export interface FollowedExec extends Pick<ExecStream, 'stdout' | 'stderr' | 'exitCode'> {
  /** Resolves when the process has said something, or has ended. */
  heard: Promise<void>;
}

/** Reads what a started exec sends: takes its streams apart, then asks for its exit code. */
export function followExec(
  connection: Connection,
  ids: ExecIds,
  body: Readable,
  { tty }: Pick<ExecSpec, 'tty'>,
  signal: AbortSignal,
): FollowedExec {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const fail = (error: unknown): void => {
    for (const stream of Object.values(streams)) stream.destroy(error as Error);
  };
  const abort = (): void => fail(signal.reason);
  for (const stream of Object.values(streams)) stream.on('error', () => undefined); // `exitCode` tells it too
  signal.addEventListener('abort', abort, { once: true });

  let hear = (): void => undefined;
  const heard = new Promise<void>((resolve) => (hear = resolve));
  const pieces = tty ? allStdout(body) : demultiplexed(body);
  const exitCode = distribute(connection, ids, pieces, streams, hear, signal)
    .catch((error: unknown) => {
      const failure = connectionFailure(error, connection.http.url, signal);
      fail(failure);
      throw failure;
    })
    .finally(() => signal.removeEventListener('abort', abort));
  exitCode.catch(() => undefined); // owners that only read the streams learn it there
  return { ...streams, exitCode, heard };
}

/** A terminal's output comes as it is. */
async function* allStdout(source: Readable): AsyncGenerator<Piece> {
  for await (const bytes of source as AsyncIterable<Buffer>) yield { stream: 'stdout', bytes };
}

async function distribute(
  { http, endings, dialect }: Connection,
  { container, execId }: ExecIds,
  pieces: AsyncGenerator<Piece>,
  streams: { stdout: PassThrough; stderr: PassThrough },
  hear: () => void,
  signal: AbortSignal,
): Promise<number> {
  const words = lastWords({ http, dialect }, execId, signal);
  const hand = (reader: PassThrough, bytes: Buffer): Promise<void> =>
    write(reader, bytes, signal, (wait) =>
      endings.unlessEnding(container, () => words.unlessEnded(() => unreadBytes(reader), wait)),
    );
  let isFirst = true;
  let startFailure: string | undefined;
  try {
    for await (const { stream, bytes } of pieces) {
      hear();
      if (isFirst && (await isStartFailure(http, execId, bytes, signal)))
        startFailure = bytes.toString().trim();
      isFirst = false;
      await hand(startFailure === undefined ? streams[stream] : streams.stderr, bytes);
    }
  } finally {
    words.stop();
  }
  const code = await exitCodeOf(http, execId, signal);
  hear();
  await Promise.all(Object.values(streams).map((stream) => drain(stream, signal)));
  return startFailure === undefined ? code : startFailureCode(startFailure, code);
}
