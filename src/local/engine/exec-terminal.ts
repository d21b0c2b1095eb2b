import type { Connection } from './connection';
import type { TerminalSize } from './exec-shapes';
import { EngineError } from './engine-error';
import type { ExecIds } from './exec-output';
import { sendForNothing } from './http/json';
import { despitePauseNews } from './pause-news';

/** A process that has no terminal, or has ended, is refused in as many ways as there are engines: all mean nothing. */
export async function sizeExec(
  { http }: Connection,
  execId: string,
  { cols, rows }: TerminalSize,
  signal: AbortSignal,
): Promise<void> {
  const request = { method: 'POST', path: `/exec/${execId}/resize`, query: { h: rows, w: cols } } as const;
  const send = (): Promise<void> => sendForNothing(http, request, signal);
  await despitePauseNews(send, signal).catch((error: unknown) => {
    if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') throw error;
  });
}

/** The same, after a capture that has it frozen, for as long as the signal waits. */
export async function resizeExec(
  connection: Connection,
  { container, execId }: ExecIds,
  size: TerminalSize,
  signal: AbortSignal,
): Promise<void> {
  const begun = await connection.starts.begin(container, signal);
  await sizeExec(connection, execId, size, signal).finally(begun);
}
