import { filePlace } from '../../app/files/file-place';
import type { Desk } from '../desk';

/** Reads what is in sight of a sandbox's files anew. */
export function refreshFiles({ folders }: Desk, rowId: unknown): void {
  const place = filePlace(rowId);
  if (place) folders.refresh({ id: place.boxId, path: place.file?.path ?? '/' });
}
