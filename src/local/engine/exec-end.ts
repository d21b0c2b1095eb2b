import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { settlesWithin } from '../abort';
import { EngineError } from './engine-error';
import type { EngineHttp } from './http/http';
import { sendForJson } from './http/json';

const execShape = z.object({
  Running: z.boolean(),
  /** Null, or 0 on Podman, while it runs. */
  ExitCode: z.number().nullish(),
  /** As the engine's host counts; 0 when it was never started. */
  Pid: z.number(),
});

const settleLimitMs = 10_000;
const startLimitMs = 30_000;

/** The exit code, once the engine has it: that may be a moment after the output's end. */
export async function exitCodeOf(http: EngineHttp, execId: string, signal: AbortSignal): Promise<number> {
  const deadline = Date.now() + settleLimitMs;
  for (;;) {
    const { Running, ExitCode } = await inspect(http, execId, signal);
    if (!Running && typeof ExitCode === 'number') return ExitCode;
    if (Date.now() > deadline) {
      throw new EngineError(
        'other',
        'The container engine lost the connection to a command that still runs.',
      );
    }
    await sleep(20, undefined, { signal });
  }
}

/** Whether the engine takes the process for one that has not ended. Docker may take two seconds to answer. */
export async function isRunning(http: EngineHttp, execId: string, signal: AbortSignal): Promise<boolean> {
  return (await inspect(http, execId, signal)).Running;
}

/**
 * Docker writes why a process could not start as if it were the process's own stdout, with this line end.
 * That no process was ever there tells the two apart; on Podman, which forgets the one that was, its exit code does.
 */
export async function isStartFailure(
  http: EngineHttp,
  execId: string,
  first: Buffer,
  signal: AbortSignal,
): Promise<boolean> {
  if (!first.subarray(-2).equals(Buffer.from('\r\n'))) return false;
  const { Running, Pid, ExitCode } = await inspect(http, execId, signal);
  return !Running && Pid === 0 && (ExitCode === 126 || ExitCode === 127);
}

/** As shells do it: 127 when there is no such command. Docker 20.10 has 126 for everything. */
export function startFailureCode(message: string, code: number): number {
  return /executable file not found|(?:stat|exec) \S+: no such file/.test(message) ? 127 : code;
}

/**
 * Resolves when the process runs, or has run. Only the engine can tell that of one that says nothing: `heard` tells of the
 * others. Also when neither is told for long.
 */
export async function hasStarted(http: EngineHttp, execId: string, heard: Promise<void>): Promise<void> {
  const limit = AbortSignal.timeout(startLimitMs);
  for (let pauseMs = 25; !limit.aborted; pauseMs = Math.min(2 * pauseMs, 1000)) {
    if (await settlesWithin(heard, pauseMs)) return;
    const state = await inspect(http, execId, limit).catch((error: unknown) =>
      error instanceof EngineError && error.kind === 'not-found' ? 'gone' : 'unknown',
    );
    if (state === 'gone' || (state !== 'unknown' && state.Pid !== 0)) return;
  }
}

function inspect(http: EngineHttp, execId: string, signal: AbortSignal): Promise<z.infer<typeof execShape>> {
  return sendForJson(http, { method: 'GET', path: `/exec/${execId}/json` }, execShape, signal);
}
