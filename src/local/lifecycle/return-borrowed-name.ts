import type { Engine } from '../engine/engine';
import { fullReference, parseImageReference } from '../image-reference';
import { findBorrowedName, forgetBorrowedName, type BorrowedName } from '../store/borrowed-names';
import type { Lifecycle } from './lifecycle';

const limitMs = 15_000;

/**
 * Puts a public image name back as it was before a build pulled it. The caller has the turn at `imageKey(reference)`.
 * What fails is logged and stays recorded, as does what `keepRecord` asks for: a later sweep does it again.
 * Never rejects.
 */
export async function returnBorrowedName(
  { engine, database, log }: Lifecycle,
  reference: string,
  { keepRecord }: { keepRecord: boolean } = { keepRecord: false },
): Promise<void> {
  const borrowed = findBorrowedName(database, reference);
  if (!borrowed) return;
  try {
    await putBack(engine, borrowed, AbortSignal.timeout(limitMs));
    if (!keepRecord) forgetBorrowedName(database, reference);
  } catch (error) {
    log.error(`could not put the image name ${reference} back: ${String(error)}`);
  }
}

async function putBack(
  engine: Engine,
  { reference, previous_image_id: previous }: BorrowedName,
  signal: AbortSignal,
): Promise<void> {
  const now = await engine.inspectImage(reference, signal);
  if (!now || now.id === previous) return;
  if (previous === null) return engine.removeImage(reference, signal);
  const parsed = parseImageReference(reference);
  if (!parsed?.tag) return;
  const repository = fullReference(parsed).slice(0, -(parsed.tag.length + 1));
  if (await engine.inspectImage(previous, signal)) {
    await engine.tagImage(previous, repository, parsed.tag, signal);
  }
}
