import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { fullReference, parseImageReference } from '../image-reference';
import { findBorrowedName, forgetBorrowedName, type BorrowedName } from '../store/borrowed-names';
import { within } from '../abort';
import type { Lifecycle } from './lifecycle';

const limitMs = 15_000;

/**
 * Puts a public image name back as it was before a build pulled it. The caller has the turn at `imageKey(reference)`.
 * A name that bears another image than the one that the build pulled is left as it is: somebody else moved it. So is
 * one whose pull is not known to have ended, as engines give up a pull whose client is gone.
 * What fails is logged and stays recorded: a later sweep does it again. Never rejects.
 */
export async function returnBorrowedName(
  { engine, database, log }: Lifecycle,
  reference: string,
  signal?: AbortSignal,
): Promise<void> {
  const borrowed = findBorrowedName(database, reference);
  if (!borrowed) return;
  try {
    await putBack(engine, borrowed, within(limitMs, signal));
    forgetBorrowedName(database, reference);
  } catch (error) {
    log.error(`could not put the image name ${reference} back: ${String(error)}`);
  }
}

async function putBack(
  engine: Engine,
  { reference, previous_image_id: previous, pulled_image_id: pulled }: BorrowedName,
  signal: AbortSignal,
): Promise<void> {
  const now = await engine.inspectImage(reference, signal);
  if (!now || now.id === previous || now.id !== pulled) return;
  if (previous === null) return dropName(engine, reference, signal);
  const parsed = parseImageReference(reference);
  if (!parsed?.tag) return;
  const repository = fullReference(parsed).slice(0, -(parsed.tag.length + 1));
  if (await engine.inspectImage(previous, signal)) {
    await engine.tagImage(previous, repository, parsed.tag, signal);
  }
}

/** Somebody's container may stand on it by now: then the name is theirs. */
async function dropName(engine: Engine, reference: string, signal: AbortSignal): Promise<void> {
  try {
    await engine.removeImage(reference, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'conflict') throw error;
  }
}
