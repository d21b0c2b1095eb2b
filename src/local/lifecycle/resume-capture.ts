import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure';
import { findSnapshot, updateSnapshot, type SnapshotRecord } from '../store/snapshots';
import { findBox } from '../store/boxes';
import { within } from '../abort';
import { cutOffCapture } from './build-failure';
import { captured, captureLimitMs } from './capture';
import { boxKey, containerName, snapshotKey } from './engine-names';
import type { Lifecycle } from './lifecycle';

const lookMs = 500;
const inspectLimitMs = 60_000;

/** Whether the engine still writes a capture that a dead server had asked for: it pauses the container meanwhile. */
export async function isBeingWritten(
  { engine, database }: Lifecycle,
  { source_sandbox_id: box }: SnapshotRecord,
  signal: AbortSignal,
): Promise<boolean> {
  // One that preserves its memory is paused because it is stopped.
  if (box === null || findBox(database, box)?.status === 'stopped') return false;
  return (await engine.inspectContainer(containerName(box), signal))?.state === 'paused';
}

/**
 * Goes on waiting for such a capture. The sandbox's turn is held, so that nobody judges it by its pause. A server that
 * ends meanwhile leaves the capture `building` for the next one.
 */
export function resumeCapture(lifecycle: Lifecycle, record: SnapshotRecord): void {
  const box = record.source_sandbox_id;
  if (box === null) return;
  void lifecycle.tasks.start(snapshotKey(record.id), 'long', (signal) =>
    lifecycle.turns.run(boxKey(box), signal, async () => {
      await written(lifecycle, record, signal);
      if (!signal.aborted) await settleCapture(lifecycle, record);
    }),
  );
}

/** `ready` when the engine has its image, otherwise `failed`. Rejects when the engine can't tell. */
export async function settleCapture(lifecycle: Lifecycle, record: SnapshotRecord): Promise<void> {
  const limit = AbortSignal.timeout(inspectLimitMs);
  const changes = await captured(lifecycle, record, limit).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    return undefined;
  });
  if (findSnapshot(lifecycle.database, record.id)?.status !== 'building') return;
  const failed = { status: 'failed', status_message: cutOffCapture } as const;
  updateSnapshot(lifecycle.database, record.id, changes ?? failed);
}

async function written(lifecycle: Lifecycle, record: SnapshotRecord, signal: AbortSignal): Promise<void> {
  const limited = within(captureLimitMs, signal);
  try {
    while (await isBeingWritten(lifecycle, record, limited))
      await sleep(lookMs, undefined, { signal: limited });
  } catch (error) {
    if (!limited.aborted) throw error;
  }
}
