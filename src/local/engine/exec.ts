import { PassThrough, type Readable } from 'node:stream';
import { z } from 'zod';
import type { Connection } from './connection';
import type { ExecSpec, ExecStream } from './engine';
import { envList } from './env-list';
import { exitCodeOf, isStartFailure, startFailureCode } from './exec-end';
import { connectionFailure } from './http/connection-failure';
import { pathPart } from './http/http';
import { sendForJson } from './http/json';
import { demultiplexed } from './multiplexed';
import { drain, write } from './output';

/** Stdin is not attached: the process reads its end at once. */
export async function exec(
  connection: Connection,
  id: string,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecStream> {
  const { http } = connection;
  const create = {
    method: 'POST',
    path: `/containers/${pathPart(id)}/exec`,
    json: {
      AttachStdout: true,
      AttachStderr: true,
      Cmd: spec.command,
      Env: envList(spec.env ?? {}),
      User: spec.user,
      WorkingDir: spec.workDir,
    },
  } as const;
  const { Id: execId } = await sendForJson(http, create, z.object({ Id: z.string() }), signal);
  const start = {
    method: 'POST',
    path: `/exec/${execId}/start`,
    json: { Detach: false, Tty: false },
    silence: 'unlimited',
  } as const;
  const { body } = await http.send(start, signal);
  return follow(connection, execId, body, signal);
}

function follow(connection: Connection, execId: string, body: Readable, signal: AbortSignal): ExecStream {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const fail = (error: unknown): void => {
    for (const stream of Object.values(streams)) stream.destroy(error as Error);
  };
  const abort = (): void => fail(signal.reason);
  for (const stream of Object.values(streams)) stream.on('error', () => undefined); // `exitCode` tells it too
  signal.addEventListener('abort', abort, { once: true });

  const exitCode = distribute(connection, execId, body, streams, signal)
    .catch((error: unknown) => {
      const failure = connectionFailure(error, connection.http.url, signal);
      fail(failure);
      throw failure;
    })
    .finally(() => signal.removeEventListener('abort', abort));
  exitCode.catch(() => undefined); // owners that only read the streams learn it there
  return { ...streams, exitCode };
}

async function distribute(
  { http }: Connection,
  execId: string,
  body: Readable,
  streams: { stdout: PassThrough; stderr: PassThrough },
  signal: AbortSignal,
): Promise<number> {
  let isFirst = true;
  let startFailure: string | undefined;
  for await (const { stream, bytes } of demultiplexed(body)) {
    if (isFirst && (await isStartFailure(http, execId, bytes, signal)))
      startFailure = bytes.toString().trim();
    isFirst = false;
    await write(startFailure === undefined ? streams[stream] : streams.stderr, bytes, signal);
  }
  const code = await exitCodeOf(http, execId, signal);
  await Promise.all(Object.values(streams).map((stream) => drain(stream, signal)));
  return startFailure === undefined ? code : startFailureCode(startFailure, code);
}
