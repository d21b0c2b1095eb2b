import type { Memento } from 'vscode';

export const terminalsEntry = 'terminals';
/** What nobody was attached to for so long, the server has ended. */
const longestMs = 24 * 3_600_000;

/** Whether it may run still; `attachedAt` and `now` in epoch milliseconds. */
export function isStillKept({ attachedAt }: { readonly attachedAt: number }, now: number): boolean {
  return now - attachedAt < longestMs;
}

/** Whether a window of this workspace had terminals when it closed that may run still. */
export function areTerminalsLeft(state: Pick<Memento, 'get'>, now = Date.now()): boolean {
  return (state.get<{ attachedAt: number }[]>(terminalsEntry) ?? []).some((kept) => isStillKept(kept, now));
}
