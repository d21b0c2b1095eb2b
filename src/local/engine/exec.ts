import { z } from 'zod';
import type { Connection } from './connection';
import type { ExecSpec, ExecStream } from './exec-shapes';
import { envList } from './env-list';
import { followExec } from './exec-output';
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
  const start = { path: `/exec/${execId}/start`, json: { Detach: false, Tty: spec.tty !== undefined } };
  const resize: ExecStream['resize'] = (size, stopping) => resizeExec(connection, execId, size, stopping);
  if (!spec.stdin) {
    const { body } = await http.send({ ...start, method: 'POST', silence: 'unlimited' }, signal);
    return sized({ ...followExec(connection, execId, body, spec, signal), resize }, spec, signal);
  }
  const socket = await http.hijack(start, signal);
  const output = followExec(connection, execId, socket, spec, signal);
  return sized({ ...output, stdin: execInput(socket), resize }, spec, signal);
}

/** Only a process that has started takes a size: before, Docker keeps the call waiting. */
async function sized(stream: ExecStream, { tty }: ExecSpec, signal: AbortSignal): Promise<ExecStream> {
  if (tty) await stream.resize(tty, signal);
  return stream;
}
