import { z } from 'zod';
import type { Connection } from './connection';
import type { ExecSpec, ExecStream } from './exec-shapes';
import { envList } from './env-list';
import { hasStarted } from './exec-end';
import { followExec, type FollowedExec } from './exec-output';
import { execInput } from './exec-input';
import { resizeExec } from './exec-terminal';
import { pathPart } from './http/http';
import { sendForJson } from './http/json';

export async function exec(
  connection: Connection,
  id: string,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecStream> {
  const begun = await connection.starts.begin(id, signal);
  try {
    const { execId, heard, ...stream } = await start(connection, id, spec, signal);
    void hasStarted(connection.http, execId, heard).finally(begun);
    return await sized(stream, spec, signal);
  } catch (error) {
    begun();
    throw error;
  }
}

async function start(
  connection: Connection,
  id: string,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecStream & Pick<FollowedExec, 'heard'> & { execId: string }> {
  const { http } = connection;
  const create = {
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
  const { Id: execId } = await sendForJson(http, create, z.object({ Id: z.string() }), signal);
  const request = { path: `/exec/${execId}/start`, json: { Detach: false, Tty: spec.tty !== undefined } };
  const resize: ExecStream['resize'] = (size, stopping) => resizeExec(connection, execId, size, stopping);
  if (!spec.stdin) {
    const { body } = await http.send({ ...request, method: 'POST', silence: 'unlimited' }, signal);
    return { ...followExec(connection, execId, body, spec, signal), resize, execId };
  }
  const socket = await http.hijack(request, signal);
  const output = followExec(connection, execId, socket, spec, signal);
  return { ...output, stdin: execInput(socket), resize, execId };
}

/** Only a process that has started takes a size: before, Docker keeps the call waiting. */
async function sized(stream: ExecStream, { tty }: ExecSpec, signal: AbortSignal): Promise<ExecStream> {
  if (tty) await stream.resize(tty, signal);
  return stream;
}
