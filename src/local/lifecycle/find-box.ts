import { notFound } from '../failure';
import { findBox, type BoxRecord } from '../store/boxes';
import type { Lifecycle } from './lifecycle';

/** By id or name, as it is in the engine now. Throws 404. */
export async function getBox(
  lifecycle: Lifecycle,
  idOrName: string,
  signal: AbortSignal,
): Promise<BoxRecord> {
  if (!findBox(lifecycle.database, idOrName)) throw notFound('sandbox', idOrName);
  await lifecycle.observer.refresh(signal);
  return storedBox(lifecycle, idOrName);
}

/** By id or name, as the store last knew it. Throws 404. */
export function storedBox({ database }: Pick<Lifecycle, 'database'>, idOrName: string): BoxRecord {
  const box = findBox(database, idOrName);
  if (!box) throw notFound('sandbox', idOrName);
  return box;
}
