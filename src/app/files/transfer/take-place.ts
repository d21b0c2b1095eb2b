import { lstat, rename, rm } from 'node:fs/promises';
import { FileError } from '../file-error';

export interface Places {
  /** What is to stand at `target`, on the same disk. */
  readonly whole: string;
  readonly target: string;
  /** Free, on the same disk: where what stood there waits until its place is taken. */
  readonly aside: string;
}

/**
 * On this machine. What stands there goes only with `mayReplace`, and only when its place is taken; else it stays.
 * Throws FileError `exists`; `failed` names where it lies should it not go back.
 */
export async function takePlace({ whole, target, aside }: Places, mayReplace: boolean): Promise<void> {
  const isTaken = await isThere(target);
  if (isTaken && !mayReplace) throw new FileError('exists', target);
  if (isTaken) await rename(target, aside);
  try {
    await rename(whole, target);
  } catch (error) {
    if (isTaken) {
      await rename(aside, target).catch(() => {
        throw new FileError('failed', aside, String(error));
      });
    }
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** On this machine; a link counts itself, wherever it leads. */
export function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
