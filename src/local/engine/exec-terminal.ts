import type { Connection } from './connection';
import type { TerminalSize } from './exec-shapes';
import { EngineError } from './engine-error';
import { sendForNothing } from './http/json';

/** A process that has no terminal, or has ended, is refused in as many ways as there are engines: all mean nothing. */
export async function resizeExec(
  { http }: Connection,
  execId: string,
  { cols, rows }: TerminalSize,
  signal: AbortSignal,
): Promise<void> {
  const request = { method: 'POST', path: `/exec/${execId}/resize`, query: { h: rows, w: cols } } as const;
  await sendForNothing(http, request, signal).catch((error: unknown) => {
    if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') throw error;
  });
}
