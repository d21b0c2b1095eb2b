import { z } from 'zod';
import type { Connection } from './connection';
import { EngineError } from './engine-error';
import type { ExecSpec, ExecStream } from './exec-shapes';
import { envList } from './env-list';
import { hasStarted } from './exec-end';
import { followExec, type ExecIds, type FollowedExec } from './exec-output';
import { execInput } from './exec-input';
import { resizeExec, sizeExec } from './exec-terminal';
import { pathPart, type EngineHttp } from './http/http';
import { sendForJson } from './http/json';
import { despitePauseNews } from './pause-news';

export async function exec(
  connection: Connection,
  id: string,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecStream> {
  const { http, starts } = connection;
  const begun = await starts.begin(id, signal);
  spec.begins?.();
  let execId: string;
  try {
    execId = await create(http, id, spec, signal);
  } catch (error) {
    begun();
    throw error;
  }
  try {
    const { heard, ...stream } = await start(connection, { container: id, execId }, spec, signal);
    void hasStarted(http, execId, heard).finally(begun);
    // Only a process that has started takes a size: before, Docker keeps the call waiting.
    if (spec.tty) await sizeExec(connection, execId, spec.tty, signal);
    return stream;
  } catch (error) {
    if (isRefusal(error)) begun();
    // The engine may be about to start it all the same.
    else void hasStarted(http, execId, new Promise(() => undefined)).finally(begun);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof EngineError && error.kind !== 'engine-unreachable';
}

async function create(http: EngineHttp, id: string, spec: ExecSpec, signal: AbortSignal): Promise<string> {
  const request = {
    method: 'POST',
    path: `/containers/${pathPart(id)}/exec`,
    json: {
      AttachStdin: spec.stdin ?? false,
      AttachStdout: true,
      AttachStderr: true,
      Tty: spec.tty !== undefined,
      Cmd: spec.command,
      Env: envList(spec.env ?? {}),
      User: spec.user,
      WorkingDir: spec.workDir,
    },
  } as const;
  const send = (): Promise<{ Id: string }> =>
    sendForJson(http, request, z.object({ Id: z.string() }), signal);
  return (await despitePauseNews(send, signal)).Id;
}

async function start(
  connection: Connection,
  ids: ExecIds,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecStream & Pick<FollowedExec, 'heard'>> {
  const { http } = connection;
  const { execId } = ids;
  const request = { path: `/exec/${execId}/start`, json: { Detach: false, Tty: spec.tty !== undefined } };
  const resize: ExecStream['resize'] = (size, stopping) => resizeExec(connection, ids, size, stopping);
  const socket = await despitePauseNews(() => http.hijack(request, signal), signal);
  const output = followExec(connection, ids, socket, spec, signal);
  return { ...output, stdin: spec.stdin ? execInput(socket) : undefined, resize };
}
