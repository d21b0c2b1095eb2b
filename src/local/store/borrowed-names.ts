import { z } from 'zod';
import type { Database } from './database';

const borrowedRow = z.object({
  reference: z.string(),
  snapshot_id: z.string(),
  previous_image_id: z.string().nullable(),
  /** What the name bore right after the pull; null while that is not known to have ended. */
  pulled_image_id: z.string().nullable(),
});

/**
 * A public image name that a build is about to pull, so that it can be put back as it was even after a crash:
 * removed when the engine had no such name, otherwise pointed again to the image that had it.
 */
export type BorrowedName = z.infer<typeof borrowedRow>;

/** A name that is recorded already stays as it was first. */
export function recordBorrowedName(
  database: Database,
  borrowed: Omit<BorrowedName, 'pulled_image_id'>,
): void {
  database.run(
    'INSERT OR IGNORE INTO borrowed_names (reference, snapshot_id, previous_image_id) VALUES (?, ?, ?)',
    [borrowed.reference, borrowed.snapshot_id, borrowed.previous_image_id],
  );
}

export function recordPulledImage(database: Database, reference: string, imageId: string): void {
  database.run('UPDATE borrowed_names SET pulled_image_id = ? WHERE reference = ?', [imageId, reference]);
}

export function findBorrowedName(database: Database, reference: string): BorrowedName | undefined {
  const row = database.get('SELECT * FROM borrowed_names WHERE reference = ?', [reference]);
  return row ? borrowedRow.parse(row) : undefined;
}

export function borrowedNames(database: Database): BorrowedName[] {
  return database.all('SELECT * FROM borrowed_names').map((row) => borrowedRow.parse(row));
}

export function forgetBorrowedName(database: Database, reference: string): void {
  database.run('DELETE FROM borrowed_names WHERE reference = ?', [reference]);
}
