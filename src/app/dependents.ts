import { allBoxes } from '../api/boxes';
import type { CallOptions } from '../api/transport';
import type { Box } from '../api/types';
import type { Session } from './session';

/** A server with more is not asked for all of them because of one question. */
const mostLookedAt = 5_000;

/**
 * The sandboxes that stand on any of these snapshots, newest first. The wire has no filter for it, so every sandbox is
 * looked at, up to the newest 5,000.
 */
export async function sandboxesOn(
  { transport }: Session,
  snapshots: readonly { readonly id: string }[],
  call: CallOptions,
): Promise<Box[]> {
  const ids = new Set(snapshots.map(({ id }) => id));
  const found = new Map<string, Box>();
  let looked = 0;
  for await (const box of allBoxes(transport, {}, call)) {
    if (box.snapshot_id && ids.has(box.snapshot_id)) found.set(box.id, box);
    if (++looked >= mostLookedAt) break;
  }
  return [...found.values()];
}

/** The server refused to delete a snapshot, and these sandboxes stand on it. */
export class SnapshotInUseError extends Error {
  override readonly name = 'SnapshotInUseError';

  constructor(
    readonly users: readonly Box[],
    refusal: Error,
  ) {
    super(refusal.message, { cause: refusal });
  }
}
