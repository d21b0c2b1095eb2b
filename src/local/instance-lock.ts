import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readAnnouncement } from './announcement';
import type { DataDirectory } from './data-directory';
import { identityOf, isRunning } from './process-identity';

/** Another live server has the data directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

const lockShape = z.object({ pid: z.int().positive(), startedAt: z.string() });
type Holder = z.infer<typeof lockShape>;

/**
 * Makes this process the only server of a data directory; gives the way to let go. The lock of a process that is gone
 * is taken over. Throws DirectoryInUse, naming the endpoint of the server that has it.
 */
export function lockDirectory(directory: DataDirectory): () => void {
  const mine = JSON.stringify(identityOf(process.pid));
  const draft = `${directory.lock}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    if (!take(draft, directory.lock)) {
      refuseWhileHeld(directory, readHolder(directory.lock));
      takeOver(directory, draft);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(directory.lock) === mine) rmSync(directory.lock, { force: true });
  };
}

/** A link appears whole or not at all, and never over another one. */
function take(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Only one of several starters gets to move a stale lock away; what it moved shows whether it was still that one. */
function takeOver(directory: DataDirectory, draft: string): void {
  const moved = `${draft}.stale`;
  try {
    renameSync(directory.lock, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const holder = readHolder(moved);
  if (holder && isRunning(holder)) take(moved, directory.lock);
  rmSync(moved, { force: true });
  refuseWhileHeld(directory, holder);
  if (!take(draft, directory.lock)) throw inUse(directory);
}

function refuseWhileHeld(directory: DataDirectory, holder: Holder | undefined): void {
  if (holder && isRunning(holder)) throw inUse(directory);
}

function inUse(directory: DataDirectory): DirectoryInUse {
  const endpoint = readAnnouncement(directory)?.endpoint;
  const where = endpoint ? `the server at ${endpoint}` : 'a server that is starting';
  return new DirectoryInUse(`The data directory ${directory.folder} is in use by ${where}.`);
}

/** Undefined for no lock, and for one that is no lock of ours. */
function readHolder(lock: string): Holder | undefined {
  const text = read(lock);
  if (text === undefined) return undefined;
  try {
    return lockShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
